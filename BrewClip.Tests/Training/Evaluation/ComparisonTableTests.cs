using System.Text.Json;
using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class ComparisonTableTests
{
    private static readonly RetrievalFigures _own = new(new RecallTriple(60, 80, 90.04), new RecallTriple(70, 85, 95));

    private static readonly ComparisonTable _table = new("Table 1",
    [
        new ComparisonRow("BrewCLIP, \"full\"", "flickr8k", _own, PaperFigures.Find(PaperFigures.Full, "flickr8k")),
        new ComparisonRow("a|b", "ours", _own, null),
        new ComparisonRow(PaperFigures.Full, "ln-coco", null, PaperFigures.Find(PaperFigures.Full, "ln-coco")),
    ]);

    [Fact]
    public void Markdown_shows_own_figures_with_the_papers_in_parentheses()
    {
        string[] lines = _table.ToMarkdown().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(
            "| BrewCLIP, \"full\" | flickr8k | 60.0 (66.5) | 80.0 (89.1) | 90.0 (94.6) | 70.0 (79.3) | 85.0 (95.9) | 95.0 (98.6) | 65.0 "
            + "(72.9) |",
            lines[3], StringComparison.Ordinal);
        Assert.StartsWith("| a\\|b | ours | 60.0 | 80.0 |", lines[4], StringComparison.Ordinal);
        Assert.Contains("| – (40.3) |", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_a_column_for_each_figure_and_quotes_what_needs_it()
    {
        string[] lines = _table.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Equal(20, lines[0].Split(',').Length);
        Assert.StartsWith(
            "\"BrewCLIP, \"\"full\"\"\",flickr8k,60,80,90.04,70,85,95,65,82.5,92.52,66.5,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,,,,,,,,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_both_sets_of_figures()
    {
        using var json = JsonDocument.Parse(_table.ToJson());
        var row = json.RootElement.GetProperty("rows")[0];
        Assert.Equal(60, row.GetProperty("measured").GetProperty("speech_to_image").GetProperty("at1").GetDouble());
        Assert.Equal(66.5, row.GetProperty("published").GetProperty("speech_to_image").GetProperty("at1").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("rows")[2].GetProperty("measured").ValueKind);
    }
}
