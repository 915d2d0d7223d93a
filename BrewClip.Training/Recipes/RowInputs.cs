namespace BrewClip.Training.Recipes;

/// <summary>What decides a row's figures, as hashes.</summary>
/// <param name="Recipes">The row's recipe, and that of its model's training.</param>
/// <param name="Data">The records that are tested on, their recordings and pictures; null where the data set is not there.</param>
/// <param name="Weights">The models and their element type; null where one of them is not there.</param>
internal sealed record RowInputs(string Recipes, string? Data, string? Weights)
{
    /// <summary>Whether a row of these is a row of those, too: what is not there contradicts nothing.</summary>
    /// <param name="earlier">Those that the row was computed from.</param>
    public bool AgreeWith(RowInputs earlier) => Recipes == earlier.Recipes
        && (Data is null || Data == earlier.Data)
        && (Weights is null || Weights == earlier.Weights);
}
