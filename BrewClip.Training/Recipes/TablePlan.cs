using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Recipes;

/// <summary>A row that a recipe can fill.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Method">The row's name in the table.</param>
/// <param name="Dataset">What is tested on.</param>
internal sealed record PlannedRow(Recipe Recipe, string Method, string Dataset);

/// <summary>
/// Which recipe fills which row of the paper's tables: a table's own, or that of another table that prints the same experiment.
/// </summary>
internal static class TablePlan
{
    /// <summary>The rows of a table that have a recipe, in the paper's order.</summary>
    public static IEnumerable<PlannedRow> Of(int table, IReadOnlyList<Recipe> recipes) => table switch
    {
        3 => Emotions(recipes),
        5 => Transfers(recipes),
        _ => Retrievals(table, recipes),
    };

    /// <summary>What a cell of Table 5 is called.</summary>
    public static string TrainedOn(string dataset) => $"{PaperFigures.Full} trained on {dataset}";

    /// <summary>The paper's rows of a retrieval table; none of Tables 3 and 5, which have another form.</summary>
    public static IReadOnlyList<PaperRetrievalRow> PaperRows(int table) => table switch
    {
        1 => PaperFigures.Table1,
        2 => PaperFigures.Table2,
        4 => PaperFigures.Table4,
        _ => [],
    };

    private static IEnumerable<PlannedRow> Retrievals(int table, IReadOnlyList<Recipe> recipes)
    {
        foreach (var row in PaperRows(table))
        {
            string method = row.Method == PaperFigures.Transcription ? PaperFigures.ZeroShot : row.Method;
            var recipe = recipes.OfType<RetrievalRecipe>()
                .Where(candidate => candidate.Method == method && candidate.TestOn.Contains(row.Dataset))
                .OrderBy(candidate => candidate.Table == table ? 0 : 1)
                    .ThenBy(candidate => candidate.Name, StringComparer.Ordinal).FirstOrDefault();
            if (recipe is not null)
            {
                yield return new PlannedRow(recipe, row.Method, row.Dataset);
            }
        }
    }

    private static IEnumerable<PlannedRow> Emotions(IReadOnlyList<Recipe> recipes) =>
        from row in PaperFigures.Table3
        let recipe = recipes.OfType<ProbeRecipe>().FirstOrDefault(
            candidate => candidate.Method == row.Method && candidate.PaperSetting == row.Setting)
        where recipe is not null
        select new PlannedRow(recipe, row.Method, recipe.TestOn);

    private static IEnumerable<PlannedRow> Transfers(IReadOnlyList<Recipe> recipes)
    {
        foreach (var cell in PaperFigures.Table5)
        {
            var recipe = recipes.OfType<RetrievalRecipe>().FirstOrDefault(candidate => candidate.Table == 5
                && candidate.TestOn.Contains(cell.TestedOn)
                && candidate.TrainedBy?.Contains(cell.TrainedOn, StringComparison.Ordinal) == true);
            if (recipe is not null)
            {
                yield return new PlannedRow(recipe, TrainedOn(cell.TrainedOn), cell.TestedOn);
            }
        }
    }
}
