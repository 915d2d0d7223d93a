using BrewClip.Models.Brew;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld;

/// <summary>One line of the experiment's table.</summary>
public sealed record ExperimentRow
{
    /// <summary>The corpus.</summary>
    public required string Corpus { get; init; }

    /// <summary>Which channels the model has.</summary>
    public required BrewClipVariant Variant { get; init; }

    /// <summary>What the pipeline read: <c>transcripts</c>, <c>captions</c> (what was really said), or <c>none</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Utterances that looked for their image.</summary>
    public required int Utterances { get; init; }

    /// <summary>Images among which they looked.</summary>
    public required int Images { get; init; }

    /// <summary>Recall at 1, 5 and 10 both ways, 0 to 1, with intervals.</summary>
    public required IReadOnlyList<RecallWithInterval> Recalls { get; init; }

    /// <summary>The share of utterances about an image of a mood pair that are nearer to it than to its twin; null where there is no pair. Chance is 0.5.</summary>
    public BootstrapInterval? MoodAccuracy { get; init; }

    /// <summary>Word errors of the transcripts over reference words; null where there are none.</summary>
    public double? WordErrorRate { get; init; }
}
