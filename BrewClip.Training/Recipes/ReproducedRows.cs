using BrewClip.Training.Evaluation;
using BrewClip.Training.Probes;

namespace BrewClip.Training.Recipes;

/// <summary>A row of a reproduced table: what was measured, and what the paper prints.</summary>
public abstract record ReproducedRow
{
    /// <summary>The recipe that was followed.</summary>
    public required string Recipe { get; init; }

    /// <summary>The row's name in the table.</summary>
    public required string Method { get; init; }

    /// <summary>The data set that was tested on.</summary>
    public required string Dataset { get; init; }

    /// <summary>What was left out, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>A row of Tables 1, 2, 4 and 5.</summary>
public sealed record ReproducedRetrieval : ReproducedRow
{
    /// <summary>The split that was tested on.</summary>
    public required string Split { get; init; }

    /// <summary>Utterances that looked for their image.</summary>
    public required int Utterances { get; init; }

    /// <summary>Images among which they looked.</summary>
    public required int Images { get; init; }

    /// <summary>Recall at 1, 5 and 10 both ways, 0 to 1, with intervals.</summary>
    public required IReadOnlyList<RecallWithInterval> Recalls { get; init; }

    /// <summary>Word errors of the transcripts over reference words; null where there are none.</summary>
    public double? WordErrorRate { get; init; }

    /// <summary>
    /// By how much the log odds of recall at 1 change with the word error rate of an utterance; null where nothing was fitted.
    /// </summary>
    public double? WordErrorSlope { get; init; }

    /// <summary>The standard error of that.</summary>
    public double? WordErrorSlopeError { get; init; }

    /// <summary>The figures in percent.</summary>
    internal RetrievalFigures ToFigures() => new(Triple(recall => recall.SpeechToImage.Mean), Triple(recall => recall.ImageToSpeech.Mean));

    internal static ReproducedRetrieval Of(Recipe recipe, string method, RecipeDatasetResult result) => new()
    {
        Recipe = recipe.Name,
        Method = method,
        Dataset = result.Dataset,
        Split = Data.DatasetSplitNames.ToName(result.Split),
        Utterances = result.Result.Utterances,
        Images = result.Result.Images,
        Recalls = result.Result.Recalls,
        LeftOut = result.Result.Skipped,
        WordErrorRate = result.Transcription?.WordErrorRate,
        WordErrorSlope = result.Transcription?.Regression?.Coefficients[1],
        WordErrorSlopeError = result.Transcription?.Regression?.StandardErrors[1],
    };

    private RecallTriple Triple(Func<RecallWithInterval, double> share) =>
        new(100 * share(Recalls[0]), 100 * share(Recalls[1]), 100 * share(Recalls[2]));
}

/// <summary>A row of Table 3.</summary>
public sealed record ReproducedEmotion : ReproducedRow
{
    /// <summary>The setting as the paper names it.</summary>
    public required string Setting { get; init; }

    /// <summary>Recordings that were trained or tested on.</summary>
    public required int Recordings { get; init; }

    /// <summary>The share of test recordings predicted right with each seed, 0 to 1.</summary>
    public required IReadOnlyList<double> Accuracies { get; init; }

    /// <summary>Where their mean would lie with other recordings of the same speakers.</summary>
    public required BootstrapInterval OverRecordings { get; init; }

    /// <summary>Where it would lie with other speakers.</summary>
    public required BootstrapInterval OverSpeakers { get; init; }

    /// <summary>What was taken for what: rows are true classes, columns predicted ones, over all seeds.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>The classes' names.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    internal static ReproducedEmotion Of(ProbeRecipe recipe, string method, EmotionProbeReport report)
    {
        var result = report.PublishedSplit[0];
        return new ReproducedEmotion
        {
            Recipe = recipe.Name,
            Method = method,
            Setting = recipe.PaperSetting,
            Dataset = recipe.TestOn,
            Recordings = report.Recordings,
            Accuracies = result.Accuracies,
            OverRecordings = result.OverRecordings,
            OverSpeakers = result.OverSpeakers,
            Confusion = result.Confusion.Counts,
            Classes = result.Confusion.Classes,
            LeftOut = report.LeftOut,
        };
    }
}
