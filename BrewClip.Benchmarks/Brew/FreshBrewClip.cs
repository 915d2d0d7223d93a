using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Benchmarks.Brew;

/// <summary>A model of published size with fresh weights: as fast as a trained one, as long as it says as many words.</summary>
internal static class FreshBrewClip
{
    /// <summary>Tokens of a spoken caption.</summary>
    public const int TranscriptTokens = 14;

    public static BrewClipOptions Options { get; } = new()
    {
        Transcription = TranscriptionOptions.SpeechQuery with
        {
            Decoding = new DecodingOptions { MaxTokens = TranscriptTokens, Language = "en" },
            NoSpeechThreshold = null,
        },
    };

    public static BrewClipModel Create(string whisperName, string clipName)
    {
        var whisperConfig = ModelPresets.Whisper(whisperName);
        var clipConfig = ModelPresets.Clip(clipName);
        var whisper = WhisperModel.Create(whisperConfig);
        var clip = ClipModel.Create(clipConfig);
        var backbone = new BrewClipBackbone(
            whisper, new WhisperTokenizer(WhisperVocabulary(), whisperConfig.VocabularySize),
            clip, Tokenizer(clipConfig.Text),
            new ClipImageProcessor(new ClipImageProcessorConfig { Size = clipConfig.Vision.ImageSize }));
        var config = new BrewClipConfig { ModelType = BrewClipConfig.ModelTypeName, Whisper = whisperName, Clip = clipName };
        return new BrewClipModel(backbone, new BrewClipNetwork(config, clip, whisperConfig), Options);
    }

    /// <summary>A tokenizer of the size that a model asks for, to which every letter is a token.</summary>
    public static ClipTokenizer Tokenizer(ClipTextConfig config) => new(ClipVocabulary(config));

    // The bytes, and tokens that no text becomes, up to OpenAI's 50257 with the special ones to follow by rule.
    private static BytePairVocabulary WhisperVocabulary() => new("fresh", Filled(Symbols(), 50256), []);

    private static BytePairVocabulary ClipVocabulary(ClipTextConfig config)
    {
        const string EndOfWord = "</w>";
        string[] symbols = Symbols();
        var tokens = Filled([.. symbols, .. symbols.Select(symbol => symbol + EndOfWord)], config.VocabularySize - 2);
        var special = new Dictionary<string, int> { ["<|startoftext|>"] = config.VocabularySize - 2, ["<|endoftext|>"] = config.VocabularySize - 1 };
        return new BytePairVocabulary("fresh", tokens, [], EndOfWord, special);
    }

    private static string[] Symbols() =>
        [.. BytePairTrainer.Learn([], new BytePairTraining { Flavour = BytePairFlavour.Whisper }).TokenIds.OrderBy(token => token.Value).Select(token => token.Key)];

    private static Dictionary<string, int> Filled(string[] symbols, int count) =>
        symbols.Concat(Enumerable.Range(symbols.Length, count - symbols.Length).Select(i => $"filler{i}")).Index()
            .ToDictionary(token => token.Item, token => token.Index);
}
