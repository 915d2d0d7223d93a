using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Data.Caches;

namespace BrewClip.Training.Recipes;

/// <summary>The rows that are done, a file each, found again as long as the recipes that they came from are the same.</summary>
/// <param name="folder">Where they lie; made when the first is written.</param>
internal sealed class FinishedRows(string folder)
{
    private static readonly JsonSerializerOptions _json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A row; null where it is not done, was done by other recipes, or its file is damaged.</summary>
    /// <param name="recipe">The row's recipe.</param>
    /// <param name="trainedBy">The recipe of its model's training; null where nothing is trained.</param>
    /// <param name="dataset">What is tested on.</param>
    public TRow? Find<TRow>(Recipe recipe, Recipe? trainedBy, string dataset)
        where TRow : ReproducedRow
    {
        string path = PathOf(recipe, dataset);
        try
        {
            var stored = File.Exists(path) ? JsonSerializer.Deserialize<Stored<TRow>>(File.ReadAllText(path), _json) : null;
            return stored?.Recipes == Identity(recipe, trainedBy) ? stored.Row : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a row.</summary>
    public void Add<TRow>(Recipe recipe, Recipe? trainedBy, TRow row)
        where TRow : ReproducedRow
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(
            PathOf(recipe, row.Dataset), JsonSerializer.Serialize(new Stored<TRow>(Identity(recipe, trainedBy), row), _json) + "\n");
    }

    private string PathOf(Recipe recipe, string dataset) => Path.Combine(folder, $"{recipe.Name}.{dataset}.json");

    private static string Identity(Recipe recipe, Recipe? trainedBy) =>
        ContentHash.OfText(RecipeFile.Write(recipe) + (trainedBy is null ? "" : RecipeFile.Write(trainedBy)));

    private sealed record Stored<TRow>(string Recipes, TRow Row);
}
