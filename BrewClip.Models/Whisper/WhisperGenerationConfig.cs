using BrewClip.Models.Loading;

namespace BrewClip.Models.Whisper;

/// <summary>
/// What a model's <c>generation_config.json</c> says of decoding. Files differ in what they hold (fine-tuned ones often lack most of it):
/// what is null was not said, and follows from the tokenizer instead.
/// </summary>
public sealed record WhisperGenerationConfig
{
    /// <summary>Start of the transcript.</summary>
    public int? DecoderStartToken { get; init; }

    /// <summary>End of the transcript.</summary>
    public int? EndOfText { get; init; }

    /// <summary>Announces a transcript without timestamps.</summary>
    public int? NoTimestampsToken { get; init; }

    /// <summary>Announces the text before.</summary>
    public int? PreviousToken { get; init; }

    /// <summary>The latest first timestamp, in steps of 20 ms.</summary>
    public int? MaxInitialTimestampIndex { get; init; }

    /// <summary>Positions of a decoding, prompt included.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether the model knows other languages than English.</summary>
    public bool? IsMultilingual { get; init; }

    /// <summary>Tokens such as <c>&lt;|en|&gt;</c> to ids.</summary>
    public IReadOnlyDictionary<string, int>? LanguageTokens { get; init; }

    /// <summary>"transcribe" and "translate" to ids.</summary>
    public IReadOnlyDictionary<string, int>? TaskTokens { get; init; }

    /// <summary>Tokens that are never chosen.</summary>
    public IReadOnlyList<int>? SuppressTokens { get; init; }

    /// <summary>Tokens that are not chosen first.</summary>
    public IReadOnlyList<int>? BeginSuppressTokens { get; init; }

    /// <summary>The cross-attention heads that follow the timing of words, each once: pairs of layer and head.</summary>
    public IReadOnlyList<AlignmentHead>? AlignmentHeads { get; init; }

    /// <summary>Reads <c>generation_config.json</c> of a folder; what is not there is null throughout.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or mistyped.</exception>
    public static WhisperGenerationConfig Load(string folder)
    {
        string path = Path.Combine(folder, "generation_config.json");
        return File.Exists(path) ? Read(ConfigFile.Load(path)) : new WhisperGenerationConfig();
    }

    internal static WhisperGenerationConfig Read(ConfigFile file) => new()
    {
        DecoderStartToken = file.Integer("decoder_start_token_id"),
        EndOfText = file.Integer("eos_token_id"),
        NoTimestampsToken = file.Integer("no_timestamps_token_id"),
        PreviousToken = file.Integer("prev_sot_token_id"),
        MaxInitialTimestampIndex = file.Integer("max_initial_timestamp_index"),
        MaxLength = file.Integer("max_length"),
        IsMultilingual = file.Flag("is_multilingual"),
        LanguageTokens = file.Map("lang_to_id"),
        TaskTokens = file.Map("task_to_id"),
        SuppressTokens = file.Integers("suppress_tokens"),
        BeginSuppressTokens = file.Integers("begin_suppress_tokens"),
        AlignmentHeads = file.Pairs("alignment_heads")?.Select(pair => new AlignmentHead(pair.First, pair.Second)).Distinct().ToArray(),
    };
}
