using BrewClip.Core.Retrieval;

namespace BrewClip.Training.Evaluation;

/// <summary>Recall at some K with its interval.</summary>
/// <param name="Cutoff">K.</param>
/// <param name="SpeechToImage">The share of utterances that find their image among their K nearest, 0 to 1.</param>
/// <param name="ImageToSpeech">The share of images that find one of their utterances among their K nearest.</param>
/// <param name="Mean">The mean of both.</param>
public sealed record RecallWithInterval(int Cutoff, BootstrapInterval SpeechToImage, BootstrapInterval ImageToSpeech, double Mean);

/// <summary>What <see cref="RetrievalEvaluator"/> found.</summary>
public sealed record RetrievalResult
{
    /// <summary>How many utterances looked for their image.</summary>
    public required int Utterances { get; init; }

    /// <summary>How many distinct images there were.</summary>
    public required int Images { get; init; }

    /// <summary>Recall at every K, ascending.</summary>
    public required IReadOnlyList<RecallWithInterval> Recalls { get; init; }

    /// <summary>What was left out, with the reason.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The ranks behind the recalls.</summary>
    public required RecallAtK Ranks { get; init; }

    /// <summary>R@1, R@5 and R@10 in percent, as papers print them.</summary>
    /// <exception cref="InvalidOperationException">One of these K was not asked for.</exception>
    public RetrievalFigures ToFigures() => new(Triple(recall => recall.SpeechToImage.Mean), Triple(recall => recall.ImageToSpeech.Mean));

    private RecallTriple Triple(Func<RecallWithInterval, double> share) => new(At(1, share), At(5, share), At(10, share));

    private double At(int cutoff, Func<RecallWithInterval, double> share) =>
        Recalls.FirstOrDefault(recall => recall.Cutoff == cutoff) is { } found
        ? 100 * share(found)
        : throw new InvalidOperationException(
            $"Recall at {cutoff} was not computed: the cutoffs are {string.Join(", ", Recalls.Select(recall => recall.Cutoff))}.");
}
