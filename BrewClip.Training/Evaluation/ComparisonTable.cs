using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BrewClip.Training.Evaluation;

/// <summary>One row of a <see cref="ComparisonTable"/>.</summary>
/// <param name="Method">What was measured.</param>
/// <param name="Dataset">On what.</param>
/// <param name="Measured">Own figures in percent; null where this run did not measure them.</param>
/// <param name="Published">The paper's figures in percent; null where it has none.</param>
public sealed record ComparisonRow(string Method, string Dataset, RetrievalFigures? Measured, RetrievalFigures? Published);

/// <summary>Own retrieval figures beside the paper's, as Markdown, CSV and JSON. All figures are percent.</summary>
/// <param name="Title">What the table shows.</param>
/// <param name="Rows">Its rows.</param>
public sealed record ComparisonTable(string Title, IReadOnlyList<ComparisonRow> Rows)
{
    private static readonly string[] _measures =
        ["s2i_r1", "s2i_r5", "s2i_r10", "i2s_r1", "i2s_r5", "i2s_r10", "mean_r1", "mean_r5", "mean_r10"];

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A Markdown table: each cell is the own figure, with the paper's in parentheses.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"**{Title}**: measured (paper), percent.").AppendLine();
        text.AppendLine("| method | data set | S→I R@1 | R@5 | R@10 | I→S R@1 | R@5 | R@10 | mean R@1 | R@5 | R@10 |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in Rows)
        {
            var cells = Numbers(row.Measured).Zip(Numbers(row.Published), Cell);
            text.AppendLine(
                CultureInfo.InvariantCulture, $"| {Escape(row.Method)} | {Escape(row.Dataset)} | {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }

    /// <summary>
    /// CSV with a header: method, data set, the nine own figures, the paper's nine with the prefix <c>paper_</c>; empty where unknown.
    /// </summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.AppendJoin(',', ["method", "dataset", .. _measures, .. _measures.Select(name => "paper_" + name)]).Append('\n');
        foreach (var row in Rows)
        {
            string[] cells =
                [Quoted(row.Method), Quoted(row.Dataset), .. Numbers(row.Measured).Select(Plain), .. Numbers(row.Published).Select(Plain)];
            text.AppendJoin(',', cells).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>JSON: title and rows, names in snake_case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _json);

    private static IEnumerable<double?> Numbers(RetrievalFigures? figures) => figures is null
        ? Enumerable.Repeat<double?>(null, _measures.Length)
        : new[] { figures.SpeechToImage, figures.ImageToSpeech, figures.Mean }
            .SelectMany(triple => new[] { Known(triple.At1), Known(triple.At5), Known(triple.At10) });

    private static double? Known(double figure) => double.IsNaN(figure) ? null : figure;

    private static string Cell(double? measured, double? published) => (measured, published) switch
    {
        (double own, double paper) => $"{Rounded(own)} ({Rounded(paper)})",
        (double own, null) => Rounded(own),
        (null, double paper) => $"– ({Rounded(paper)})",
        _ => "–",
    };

    private static string Rounded(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static string Plain(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
