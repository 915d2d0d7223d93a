using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Recipes;

/// <summary>One data set's result of a recipe.</summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Split">The split that was tested on.</param>
/// <param name="Result">Recall with intervals, and what was left out.</param>
/// <param name="Transcription">Word errors against recall at 1; null where captions were read or none are there.</param>
public sealed record RecipeDatasetResult(string Dataset, DatasetSplit Split, RetrievalResult Result, TranscriptionAnalysis? Transcription);

/// <summary>The test of a recipe: its model on each of its data sets, beside the paper's figures.</summary>
public static class RecipeEvaluation
{
    /// <summary>Tests a model as a recipe says.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="model">The model; the caller keeps and disposes it.</param>
    /// <param name="open">Opens a data set by its name.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Checked at every token and batch.</param>
    /// <exception cref="InvalidDataException">
    /// The model is another than the recipe's, a data set has no images, or nothing in it can be read.
    /// </exception>
    public static IReadOnlyList<RecipeDatasetResult> Run(
        RetrievalRecipe recipe, BrewClipModel model, Func<string, ISpeechDataset<Utterance>> open,
        IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default)
    {
        recipe.Validate();
        if (recipe.Model.DifferencesTo(model.Config) is { Count: > 0 } differences)
        {
            throw new InvalidDataException($"The recipe '{recipe.Name}' is for another model: {string.Join(", ", differences)}.");
        }

        return [.. recipe.TestOn.Select(name => Run(recipe, model, name, open(name), progress, cancellation))];
    }

    /// <summary>The results as a table beside the paper's figures.</summary>
    public static ComparisonTable ToTable(RetrievalRecipe recipe, IReadOnlyList<RecipeDatasetResult> results) => new(
        recipe.Name,
        [.. results.Select(result => new ComparisonRow(
            recipe.Method ?? recipe.Name, result.Dataset, result.Result.ToFigures(),
            recipe.Method is null ? null : PaperFigures.Find(recipe.Method, result.Dataset)))]);

    private static RecipeDatasetResult Run(
        RetrievalRecipe recipe, BrewClipModel model, string name, ISpeechDataset<Utterance> dataset,
        IProgress<BrewClipProgress>? progress, CancellationToken cancellation)
    {
        var split = recipe.SplitOf(dataset);
        var data = RecipeData.Read(dataset, split);
        var embedded = new RetrievalEmbedder(model, recipe.Text).Embed(data.Captions, progress, cancellation);
        var result = RetrievalEvaluator.Evaluate(embedded.Embeddings, cancellation: cancellation);
        bool compares = recipe.Text == PipelineText.Transcripts
            && model.Config.HasPipeline && embedded.Captions.Any(caption => caption.Any(char.IsLetter));
        return new RecipeDatasetResult(
            name, split, result with { Skipped = [.. data.Problems, .. result.Skipped] },
            compares ? TranscriptionAnalysis.Compute(embedded.ToQueries(result)) : null);
    }
}
