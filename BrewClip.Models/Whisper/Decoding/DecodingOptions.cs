using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>How one window of sound becomes tokens. The defaults and their meaning are openai/whisper's (<c>DecodingOptions</c>).</summary>
public sealed record DecodingOptions
{
    /// <summary>The token that stands in <see cref="SuppressTokens"/> for all of the tokenizer's non-speech tokens.</summary>
    public const int NonSpeechTokens = -1;

    // Every row has keys and values of its own: a thousand of them are gigabytes already.
    private const int MostRows = 1024;

    /// <summary>Words as they were said, or their translation into English. Default: as said.</summary>
    public WhisperTask Task { get; init; } = WhisperTask.Transcribe;

    /// <summary>
    /// Code or English name of the language that is spoken; null to detect it. A model of English alone takes English or null.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>0 takes the likeliest token; above 0, tokens are drawn from the scores divided by it. Default 0.</summary>
    public double Temperature { get; init; }

    /// <summary>The most tokens that are generated, the end among them; half of the model's positions (224) when null.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Independent samples, of which the likeliest is returned, 1 to 1024; needs a temperature above 0. One when null.</summary>
    public int? BestOf { get; init; }

    /// <summary>Beams of a beam search, 1 to 1024; null for none. Not together with <see cref="BestOf"/>.</summary>
    public int? BeamSize { get; init; }

    /// <summary>
    /// Beam search ends once round(beams · patience) sequences are complete (arXiv:2204.05424); 1 when null. Needs <see cref="BeamSize"/>.
    /// </summary>
    public double? Patience { get; init; }

    /// <summary>
    /// Exponent α of ((5 + length) / 6)^α (arXiv:1609.08144), by which a sequence's log probability is divided in ranking, 0 to 1; the
    /// length itself when null.
    /// </summary>
    public double? LengthPenalty { get; init; }

    /// <summary>Text that came before this window; its last 223 tokens are read. Null for none.</summary>
    public string? Prompt { get; init; }

    /// <summary>As <see cref="Prompt"/>, already in tokens; give one or the other. Null for none.</summary>
    public IReadOnlyList<int>? PromptTokens { get; init; }

    /// <summary>Text with which the transcript of this window begins, and which the result leaves out. Null for none.</summary>
    public string? Prefix { get; init; }

    /// <summary>As <see cref="Prefix"/>, already in tokens; give one or the other. Null for none.</summary>
    public IReadOnlyList<int>? PrefixTokens { get; init; }

    /// <summary>
    /// Tokens that are never chosen; <see cref="NonSpeechTokens"/> among them stands for the tokenizer's list. Unless this is empty, the
    /// tokens that steer the model (start, tasks, previous text, no speech) are suppressed as well. Default: the list.
    /// </summary>
    public IReadOnlyList<int> SuppressTokens { get; init; } = [NonSpeechTokens];

    /// <summary>Whether a transcript may not begin with a space alone or end at once. Default true.</summary>
    public bool SuppressBlank { get; init; } = true;

    /// <summary>
    /// Whether timestamps are generated, by the rules that pair and order them; false asks the model for text alone. Default true.
    /// </summary>
    public bool Timestamps { get; init; } = true;

    /// <summary>
    /// The latest that the first timestamp may be, in seconds; null (or 0) for no limit. Without meaning where there are no timestamps.
    /// Default 1.
    /// </summary>
    public double? MaxInitialTimestamp { get; init; } = 1.0;

    /// <summary>No sequence of this many text tokens is generated twice; 0 for no such rule, as in openai/whisper. Default 0.</summary>
    public int NoRepeatNgram { get; init; }

    /// <summary>
    /// Where the random numbers of sampling start. Every utterance starts there, so that its result does not depend on its batch. Without
    /// meaning at temperature 0. Default 0.
    /// </summary>
    public int Seed { get; init; }

    internal int Group => BeamSize ?? BestOf ?? 1;

    /// <summary>Checks that the options do not contradict each other, as far as can be said without a model.</summary>
    /// <exception cref="ArgumentException">They do; the message says which and what to do.</exception>
    public void Validate()
    {
        Require(
            !(BeamSize is not null && BestOf is not null), "Beam search and best-of sampling are both asked for: give BeamSize or BestOf.");
        Require(BeamSize is null or (>= 1 and <= MostRows), $"BeamSize is {BeamSize}: 1 to {MostRows} are possible.");
        Require(BestOf is null or (>= 1 and <= MostRows), $"BestOf is {BestOf}: 1 to {MostRows} are possible.");
        Require(double.IsFinite(Temperature) && Temperature >= 0, $"Temperature is {Temperature}: 0 or more is expected.");
        Require(
            BestOf is null || Temperature > 0,
            $"BestOf is {BestOf} at temperature 0, where all samples are equal: raise Temperature or leave BestOf out.");
        Require(
            BeamSize is null || Temperature == 0,
            $"BeamSize is {BeamSize} at temperature {Temperature}: beam search does not sample, leave one of them out.");
        Require(Patience is null || BeamSize is not null, "Patience is given without BeamSize: it is a property of beam search.");
        Require(
            Patience is null
                || (double.IsFinite(Patience.Value) && Math.Round(BeamSize!.Value * Patience.Value) is >= 1 and <= int.MaxValue),
            $"Patience {Patience} of {BeamSize} beams asks for no complete sequence: give a larger patience.");
        Require(LengthPenalty is null or (>= 0 and <= 1), $"LengthPenalty is {LengthPenalty}: 0 to 1 is expected.");
        Require(MaxTokens is null or >= 1, $"MaxTokens is {MaxTokens}: at least 1 is needed.");
        Require(Prompt is null || PromptTokens is null, "The prompt is given as text and as tokens: give Prompt or PromptTokens.");
        Require(Prefix is null || PrefixTokens is null, "The prefix is given as text and as tokens: give Prefix or PrefixTokens.");
        Require(MaxInitialTimestamp is null or >= 0, $"MaxInitialTimestamp is {MaxInitialTimestamp}: 0 or more seconds are expected.");
        Require(NoRepeatNgram >= 0, $"NoRepeatNgram is {NoRepeatNgram}: 0 (off) or more is expected.");
        Require(Enum.IsDefined(Task), $"Task is {Task}: transcribe or translate is expected.");
        Require(SuppressTokens is not null, "SuppressTokens is null: give an empty list to suppress nothing.");
        Require(
            Language is null || WhisperLanguages.CodeOf(Language) is not null,
            $"Language '{Language}' is not one of Whisper's {WhisperLanguages.Codes.Count}: give a code such as 'en', or null to detect "
            + "it.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ArgumentException(sentence);
        }
    }
}
