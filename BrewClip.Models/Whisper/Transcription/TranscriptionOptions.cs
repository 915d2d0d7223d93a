using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// How sound of any length becomes a transcript. The defaults and their meaning are those of openai/whisper's <c>transcribe</c>. Immutable.
/// </summary>
public sealed record TranscriptionOptions
{
    /// <summary>
    /// For spoken queries and captions: text alone, each window for itself, one pass at temperature 0, and sound below −80 dBFS taken for
    /// silence. It repeats itself and invents less than the defaults, which are made for long recordings.
    /// </summary>
    public static TranscriptionOptions SpeechQuery { get; } = new()
    {
        Timestamps = TimestampDetail.None,
        ConditionOnPreviousText = false,
        Temperatures = [0],
        SilenceLevel = -80,
    };

    /// <summary>
    /// How each window is decoded. Its temperature, prompt and timestamps are not read: <see cref="Temperatures"/>,
    /// <see cref="InitialPrompt"/> and <see cref="Timestamps"/> say it. Beams count at temperature 0, best-of above it; both may be given.
    /// </summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>How finely the transcript is timed. Default: segments.</summary>
    public TimestampDetail Timestamps { get; init; } = TimestampDetail.Segment;

    /// <summary>Tried in this order until a window's result passes the thresholds; the last one's stands. Default 0, 0.2, … 1.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>
    /// A text that compresses better than this repeats itself, and the next temperature is tried; null for no such rule. Default 2.4.
    /// </summary>
    public double? CompressionRatioThreshold { get; init; } = 2.4;

    /// <summary>A lower average log probability than this has the next temperature tried; null for no such rule. Default −1.</summary>
    public double? LogProbabilityThreshold { get; init; } = -1;

    /// <summary>
    /// A window whose probability of no speech is above this is skipped, unless its average log probability is above
    /// <see cref="LogProbabilityThreshold"/>; null skips none. Default 0.6.
    /// </summary>
    public double? NoSpeechThreshold { get; init; } = 0.6;

    /// <summary>
    /// Whether each window is told the text of those before it. Without it texts fit together less well, and the model does not get caught
    /// in repeating itself. Default true.
    /// </summary>
    public bool ConditionOnPreviousText { get; init; } = true;

    /// <summary>
    /// Text said to come before the first window: names and words to expect. It is told until a window was heard in which somebody speaks;
    /// later ones are told what was said before them instead, or nothing (<see cref="ConditionOnPreviousText"/>). Null for none.
    /// </summary>
    public string? InitialPrompt { get; init; }

    /// <summary>As <see cref="InitialPrompt"/>, already in tokens; give one or the other. Null for none.</summary>
    public IReadOnlyList<int>? InitialPromptTokens { get; init; }

    /// <summary>Whether every window is told the initial prompt, not the first alone. Default false.</summary>
    public bool CarryInitialPrompt { get; init; }

    /// <summary>
    /// The parts of the sound to transcribe, in seconds: start, end, start, end, … in rising order; the last end may be left out for the
    /// end of the sound. Empty for all of it.
    /// </summary>
    public IReadOnlyList<double> ClipTimestamps { get; init; } = [];

    /// <summary>Signs that belong to the word after them, where words are timed. Default openai/whisper's.</summary>
    public string PrependPunctuation { get; init; } = "\"'“¿([{-";

    /// <summary>Signs that belong to the word before them, where words are timed. Default openai/whisper's.</summary>
    public string AppendPunctuation { get; init; } = "\"'.。,，!！?？:：”)]}、";

    /// <summary>
    /// With timed words: silences longer than this many seconds around what may be a hallucination are skipped together with it; null keeps
    /// everything. Default null.
    /// </summary>
    public double? HallucinationSilenceThreshold { get; init; }

    /// <summary>
    /// A window whose loudest tenth of a second is below this level (root mean square, in decibels of full scale) is skipped unheard; null
    /// for no such rule, as in openai/whisper. Digital silence is below every level. Default null.
    /// </summary>
    public double? SilenceLevel { get; init; }

    /// <summary>Checks that the options do not contradict each other, as far as can be said without a model.</summary>
    /// <exception cref="ArgumentException">They do; the message says which and what to do.</exception>
    public void Validate()
    {
        Require(Temperatures is { Count: > 0 }, "Temperatures is empty: at least one is needed, 0 for the likeliest tokens.");
        Require(Decoding is not null, "Decoding is null: leave it out for the defaults.");
        Require(Decoding!.Prompt is null && Decoding.PromptTokens is null, "Decoding holds a prompt: give it as InitialPrompt.");
        Require(
            InitialPrompt is null || InitialPromptTokens is null,
            "The prompt is given as text and as tokens: give InitialPrompt or InitialPromptTokens.");
        Require(Enum.IsDefined(Timestamps), $"Timestamps is {Timestamps}: none, segment or word is expected.");
        Require(
            HallucinationSilenceThreshold is null || Timestamps == TimestampDetail.Word,
            "HallucinationSilenceThreshold needs timed words: set Timestamps to Word.");
        Require(
            HallucinationSilenceThreshold is null or >= 0,
            $"HallucinationSilenceThreshold is {HallucinationSilenceThreshold}: 0 or more seconds are expected.");
        Require(
            SilenceLevel is null || double.IsFinite(SilenceLevel.Value),
            $"SilenceLevel is {SilenceLevel}: a number of decibels such as -60 is expected.");
        foreach (double? threshold in (double?[])[CompressionRatioThreshold, LogProbabilityThreshold, NoSpeechThreshold])
        {
            Require(threshold is null || !double.IsNaN(threshold.Value), "A threshold is not a number: give null for no threshold.");
        }

        for (int i = 0; i < ClipTimestamps.Count; i++)
        {
            double before = i == 0 ? 0 : ClipTimestamps[i - 1];
            Require(
                double.IsFinite(ClipTimestamps[i]) && ClipTimestamps[i] >= before && ClipTimestamps[i] < 1e7,
                $"ClipTimestamps holds {ClipTimestamps[i]} after {before}: seconds in rising order are expected.");
        }

        foreach (double temperature in Temperatures!)
        {
            At(temperature).Validate();
        }
    }

    /// <summary>How a window is decoded at a temperature.</summary>
    internal DecodingOptions At(double temperature) => Decoding with
    {
        Temperature = temperature,
        BeamSize = temperature > 0 ? null : Decoding.BeamSize,
        Patience = temperature > 0 ? null : Decoding.Patience,
        BestOf = temperature > 0 ? Decoding.BestOf : null,
        Timestamps = Timestamps != TimestampDetail.None,
    };

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ArgumentException(sentence);
        }
    }
}
