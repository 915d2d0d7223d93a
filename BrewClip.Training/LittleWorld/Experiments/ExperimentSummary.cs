using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>One kind of model on one corpus, all seeds joined.</summary>
public sealed record ExperimentSummary
{
    /// <summary>The kind of model.</summary>
    public required string Method { get; init; }

    /// <summary>The corpus that was trained on; null where nothing was trained here.</summary>
    public string? TrainedOn { get; init; }

    /// <summary>The corpus that was tested on.</summary>
    public required string Corpus { get; init; }

    /// <summary>What the pipeline read; null without pipeline.</summary>
    public PipelineText? Text { get; init; }

    /// <summary>How many seeds there are.</summary>
    public required int Seeds { get; init; }

    /// <summary>Utterances that looked for their image.</summary>
    public required int Utterances { get; init; }

    /// <summary>Images among which they looked.</summary>
    public required int Images { get; init; }

    /// <summary>
    /// Recall at 1, 5 and 10 both ways, 0 to 1: the mean over seeds, with intervals over images, which are drawn with all of their
    /// utterances.
    /// </summary>
    public required IReadOnlyList<RecallWithInterval> Recalls { get; init; }

    /// <summary>The sample standard deviation over seeds of R@1 from speech to image; 0 with one seed.</summary>
    public required double Deviation { get; init; }

    /// <summary>
    /// The share of utterances about an image of a mood pair that are nearer to it than to its twin, pairs being drawn as a whole; null
    /// where there is no pair. Chance is 0.5.
    /// </summary>
    public BootstrapInterval? MoodPairs { get; init; }
}

/// <summary>What one kind of model has over another on the same queries.</summary>
/// <param name="Better">The one.</param>
/// <param name="Worse">The other.</param>
/// <param name="TrainedOn">What both were trained on, where they were.</param>
/// <param name="Corpus">The corpus that was tested on.</param>
/// <param name="Recall">R@1 from speech to image of the one less that of the other, with its interval over images.</param>
public sealed record ExperimentDifference(string Better, string Worse, string? TrainedOn, string Corpus, BootstrapInterval Recall);

/// <summary>A mood probe, all seeds joined.</summary>
/// <param name="Probe">Which vectors, and how.</param>
/// <param name="Corpus">The corpus.</param>
/// <param name="Utterances">Utterances tested.</param>
/// <param name="Accuracy">The share recognised, with its interval over speakers.</param>
/// <param name="Deviation">The sample standard deviation over seeds; 0 with one.</param>
/// <param name="Seeds">How many seeds there are.</param>
public sealed record MoodSummary(string Probe, string Corpus, int Utterances, BootstrapInterval Accuracy, double Deviation, int Seeds)
{
    internal static MoodSummary Join(string probe, IReadOnlyList<MoodMeasurement> seeds)
    {
        double[] shares = [.. seeds[0].Truth.Select((mood, i) => seeds.Average(seed => seed.Predicted[i] == mood ? 1.0 : 0))];
        double[] accuracies = [.. seeds
            .Select(seed => seed.Truth.Zip(seed.Predicted).Average(pair => pair.First == pair.Second ? 1.0 : 0))];
        return new MoodSummary(
            probe, seeds[0].Corpus, shares.Length, BootstrapInterval.ComputeClustered(shares, seeds[0].Speakers),
            ExperimentQueries.Deviation(accuracies), seeds.Count);
    }
}
