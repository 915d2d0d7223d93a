using BrewClip.Core.Audio;
using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>What all sounds of a transcription share: the model, and the options turned into the parts that follow them.</summary>
internal sealed class TranscriptionTools
{
    public TranscriptionTools(WhisperModel model, WhisperTokenizer tokenizer, LogMelSpectrogram spectrogram, TranscriptionOptions options)
    {
        options.Validate();
        (Model, Tokenizer, Spectrogram, Options) = (model, tokenizer, spectrogram, options);
        Fallback = new FallbackPolicy(model, tokenizer, options);
        Segmenter = new Segmenter(tokenizer);
        WordTimes = options.Timestamps == TimestampDetail.Word ? new WordTimes(new WordAligner(model, tokenizer), options) : null;
        KnownLanguage = options.Decoding.Language is { } language
            ? WhisperLanguages.CodeOf(language)!
            : tokenizer.IsMultilingual ? null : "en";
        InitialPrompt = PromptOf(options, tokenizer);
    }

    public WhisperModel Model { get; }

    public WhisperTokenizer Tokenizer { get; }

    public LogMelSpectrogram Spectrogram { get; }

    public TranscriptionOptions Options { get; }

    public FallbackPolicy Fallback { get; }

    public Segmenter Segmenter { get; }

    /// <summary>Null unless words are timed.</summary>
    public WordTimes? WordTimes { get; }

    /// <summary>The language that was given, or that alone which the model knows; null where it has to be detected.</summary>
    public string? KnownLanguage { get; }

    public int[] InitialPrompt { get; }

    /// <summary>The initial prompt in tokens; none where there is none.</summary>
    public static int[] PromptOf(TranscriptionOptions options, WhisperTokenizer tokenizer) =>
        options.InitialPromptTokens is { } tokens ? [.. tokens]
        : string.IsNullOrWhiteSpace(options.InitialPrompt) ? []
        : tokenizer.Encode(" " + options.InitialPrompt.Trim());
}
