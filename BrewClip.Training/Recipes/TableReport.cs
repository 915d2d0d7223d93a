using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Recipes;

/// <summary>A reproduced table: own figures beside the paper's, and what stands behind each of them.</summary>
/// <param name="Table">1 to 5.</param>
/// <param name="Rows">What was measured, in the paper's order.</param>
public sealed record TableReport(int Table, IReadOnlyList<ReproducedRow> Rows)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The retrieval figures; rows of the paper that were not measured stand there with the paper's alone. Without rows for Table 3.
    /// </summary>
    public ComparisonTable Comparison => new($"Table {Table}", [.. Table == 5 ? Transfers() : Retrievals()]);

    /// <summary>Writes <c>tableN.md</c>, <c>tableN.csv</c> and <c>tableN.json</c>, each beside its place and then renamed.</summary>
    /// <param name="folder">Where to; made if absent.</param>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"table{Table}"));
        AtomicFile.WriteAllText(path + ".md", ToMarkdown());
        AtomicFile.WriteAllText(path + ".csv", ToCsv());
        AtomicFile.WriteAllText(path + ".json", ToJson());
    }

    /// <summary>For people: the comparison, and for each measured row how many were tested, left out, and the intervals.</summary>
    public string ToMarkdown() => Table == 3 ? EmotionMarkdown() : Comparison.ToMarkdown() + "\n" + Details();

    /// <summary>One line for each row.</summary>
    public string ToCsv()
    {
        if (Table != 3)
        {
            return Comparison.ToCsv();
        }

        var text = new StringBuilder("method,setting,accuracy,speakers_low,speakers_high,paper_accuracy\n");
        foreach (var (paper, own) in Emotions())
        {
            string measured = own is null
                ? ",,"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * own.Accuracies.Average():0.####},{100 * own.OverSpeakers.Low:0.####},{100 * own.OverSpeakers.High:0.####}");
            text.Append(CultureInfo.InvariantCulture, $"{paper.Method},{paper.Setting},{measured},{paper.AccuracyPercent}\n");
        }

        return text.ToString();
    }

    /// <summary>For programs: the comparison with everything that was measured.</summary>
    public string ToJson() => Table == 3
        ? JsonSerializer.Serialize(
            new { Title = $"Table {Table}", Measured = Rows.OfType<ReproducedEmotion>(), Published = PaperFigures.Table3 }, _json)
        : JsonSerializer.Serialize(new { Comparison.Title, Comparison.Rows, Measured = Rows.OfType<ReproducedRetrieval>() }, _json);

    private IEnumerable<ComparisonRow> Retrievals() => TablePlan.PaperRows(Table).Select(paper => new ComparisonRow(
        paper.Method, paper.Dataset, Find(paper.Method, paper.Dataset)?.ToFigures(), paper.Figures));

    // Table 5 prints R@5 alone.
    private IEnumerable<ComparisonRow> Transfers() => PaperFigures.Table5.Select(cell => new ComparisonRow(
        TablePlan.TrainedOn(cell.TrainedOn), cell.TestedOn, Find(TablePlan.TrainedOn(cell.TrainedOn), cell.TestedOn)?.ToFigures(),
        new RetrievalFigures(
            new RecallTriple(double.NaN, cell.SpeechToImageAt5, double.NaN),
            new RecallTriple(double.NaN, cell.ImageToSpeechAt5, double.NaN))));

    private IEnumerable<(PaperEmotionRow Paper, ReproducedEmotion? Own)> Emotions() => PaperFigures.Table3.Select(paper => (
        paper, Rows.OfType<ReproducedEmotion>().FirstOrDefault(row => row.Method == paper.Method && row.Setting == paper.Setting)));

    private ReproducedRetrieval? Find(string method, string dataset) =>
        Rows.OfType<ReproducedRetrieval>().FirstOrDefault(row => row.Method == method && row.Dataset == dataset);

    private string Details()
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| method | data set | split | utterances | images | left out | S→I R@1, 95 % | I→S R@1, 95 % | word errors | log odds of R@1 "
            + "by word error rate |");
        text.AppendLine("| --- | --- | --- | ---: | ---: | ---: | --- | --- | ---: | --- |");
        foreach (var row in Rows.OfType<ReproducedRetrieval>())
        {
            var first = row.Recalls[0];
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Method} | {row.Dataset} | {row.Split} | {row.Utterances} | {row.Images} | {row.LeftOut.Count} | "
                + $"{Ends(first.SpeechToImage)} | {Ends(first.ImageToSpeech)} | {Errors(row)} | {Slope(row)} |"));
        }

        return text.ToString();
    }

    private string EmotionMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("**Table 3**: accuracy over four emotions of RAVDESS, percent; actors 19 to 24, trained on 1 to 18.").AppendLine();
        text.AppendLine(
            "| method | setting | measured | paper | seeds | recordings | left out | 95 % over recordings | 95 % over speakers |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |");
        foreach (var (paper, own) in Emotions())
        {
            string measured = own is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * own.Accuracies.Average():F1}");
            string behind = own is null
                ? " | | | | "
                : $"{own.Accuracies.Count} | {own.Recordings} | {own.LeftOut.Count} | {Ends(own.OverRecordings)} | "
                + $"{Ends(own.OverSpeakers)}";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"| {paper.Method} | {paper.Setting} | {measured} | {paper.AccuracyPercent} | {behind} |");
        }

        return text.ToString();
    }

    private static string Ends(BootstrapInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * interval.Low:F1} to {100 * interval.High:F1}");

    private static string Errors(ReproducedRetrieval row) =>
        row.WordErrorRate is double rate ? string.Create(CultureInfo.InvariantCulture, $"{100 * rate:F1} %") : "";

    private static string Slope(ReproducedRetrieval row) =>
        row is { WordErrorSlope: double slope, WordErrorSlopeError: double error }
            ? string.Create(CultureInfo.InvariantCulture, $"{slope:F2} ± {error:F2}")
            : "";
}
