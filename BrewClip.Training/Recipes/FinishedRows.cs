using System.Text.Json;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Training.Recipes;

/// <summary>The rows that are done, a file each, found again as long as what they were computed from is the same.</summary>
/// <param name="folder">Where they lie; made when the first is written.</param>
internal sealed class FinishedRows(string folder)
{
    private static readonly JsonSerializerOptions _json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether a row was done at all, from whatever inputs.</summary>
    public bool Contains(Recipe recipe, string dataset) => File.Exists(PathOf(recipe, dataset));

    /// <summary>A row; null where it is not done, was done from other inputs, or its file is damaged.</summary>
    /// <param name="recipe">The row's recipe.</param>
    /// <param name="dataset">What is tested on.</param>
    /// <param name="inputs">What the row would be computed from now.</param>
    public TRow? Find<TRow>(Recipe recipe, string dataset, RowInputs inputs)
        where TRow : ReproducedRow
    {
        string path = PathOf(recipe, dataset);
        try
        {
            var stored = File.Exists(path) ? JsonSerializer.Deserialize<Stored<TRow>>(File.ReadAllText(path), _json) : null;
            return stored is not null && inputs.AgreeWith(new RowInputs(stored.Recipes, stored.Data, stored.Weights)) ? stored.Row : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a row.</summary>
    /// <param name="recipe">The row's recipe.</param>
    /// <param name="inputs">What it was computed from.</param>
    /// <param name="row">The row.</param>
    public void Add<TRow>(Recipe recipe, RowInputs inputs, TRow row)
        where TRow : ReproducedRow
    {
        Directory.CreateDirectory(folder);
        var stored = new Stored<TRow>(inputs.Recipes, inputs.Data, inputs.Weights, row);
        AtomicFile.WriteAllText(PathOf(recipe, row.Dataset), JsonSerializer.Serialize(stored, _json) + "\n");
    }

    private string PathOf(Recipe recipe, string dataset) => Path.Combine(folder, $"{recipe.Name}.{dataset}.json");

    private sealed record Stored<TRow>(string Recipes, string? Data, string? Weights, TRow Row);
}
