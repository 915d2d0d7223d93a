using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Benchmarks.Brew;

/// <summary>
/// A model of published size with fresh weights: as fast as a trained one, as long as it says as many words. Its transcripts are always
/// <see cref="TranscriptTokens"/> letters, each a token to Whisper and to CLIP, and never end early.
/// </summary>
internal static class FreshBrewClip
{
    /// <summary>Tokens of a spoken caption of twelve words.</summary>
    public const int TranscriptTokens = 12;

    public static BrewClipModel Create(string whisperName, string clipName)
    {
        var whisper = PublishedSize.Whisper(whisperName);
        var clip = PublishedSize.Clip(clipName);
        var whisperTokenizer = new WhisperTokenizer(WhisperVocabulary(), whisper.Config.VocabularySize);
        var backbone = new BrewClipBackbone(
            whisper, whisperTokenizer, clip, Tokenizer(clip.Config.Text),
            new ClipImageProcessor(new ClipImageProcessorConfig { Size = clip.Config.Vision.ImageSize }));
        var config = new BrewClipConfig { ModelType = BrewClipConfig.ModelTypeName, Whisper = whisperName, Clip = clipName };
        return new BrewClipModel(backbone, new BrewClipNetwork(config, clip, whisper.Config), Options(whisperTokenizer));
    }

    private static BrewClipOptions Options(WhisperTokenizer tokenizer)
    {
        var letters = Enumerable.Range('a', 26).Select(letter => tokenizer.Vocabulary.IdOf($"{(char)letter}") ?? 0).ToHashSet();
        return new BrewClipOptions
        {
            SpeechBatchSize = 16,
            Transcription = TranscriptionOptions.SpeechQuery with
            {
                Decoding = new DecodingOptions
                {
                    MaxTokens = TranscriptTokens,
                    Language = "en",
                    SuppressTokens = [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(token => !letters.Contains(token))],
                },
                NoSpeechThreshold = null,
            },
        };
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
        int start = config.VocabularySize - 2, end = config.VocabularySize - 1;
        var special = new Dictionary<string, int> { ["<|startoftext|>"] = start, ["<|endoftext|>"] = end };
        return new BytePairVocabulary("fresh", tokens, [], EndOfWord, special);
    }

    private static string[] Symbols() =>
        [.. BytePairTrainer.Learn([], new BytePairTraining { Flavour = BytePairFlavour.Whisper }).TokenIds.OrderBy(token => token.Value)
            .Select(token => token.Key)];

    private static Dictionary<string, int> Filled(string[] symbols, int count) =>
        symbols.Concat(Enumerable.Range(symbols.Length, count - symbols.Length).Select(i => $"filler{i}")).Index()
            .ToDictionary(token => token.Item, token => token.Index);
}
