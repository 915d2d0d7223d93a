using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>Results as a Markdown table and as JSON.</summary>
/// <param name="Machine">Where they were taken.</param>
/// <param name="Command">How.</param>
/// <param name="Results">The contests'.</param>
internal sealed record ComparisonReport(Machine Machine, string Command, IReadOnlyList<ComparisonResult> Results)
{
    /// <summary>The file that <c>plot</c> reads.</summary>
    public const string JsonName = "comparison.json", MarkdownName = "comparison.md";

    public const string Heads =
        "| work | peer | BrewClip, ms | peer, ms | ours / peer | with BrewClip's sgemm_, ms | ours / it |\n"
        + "| --- | --- | --- | --- | --- | --- | --- |";

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="InvalidDataException">The file is no report.</exception>
    public static ComparisonReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ComparisonReport>(File.ReadAllText(path), _json) is { Results: not null } report
                ? report
                : throw new InvalidDataException($"'{path}' holds no results: `compare --out FOLDER` writes them.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no report of a comparison: {exception.Message}", exception);
        }
    }

    /// <summary>One row of the table. It names what ran as the peer, which may stand in for one that is missing.</summary>
    public static string Row(ComparisonResult result)
    {
        string ran = result.Peers.FirstOrDefault(peer => peer.Missing is null)?.Versions ?? "";
        var cells = new List<string> { result.Work, ran, Milliseconds(result.Median) };
        for (int i = 0; i < 2; i++)
        {
            var peer = i < result.Peers.Count ? result.Peers[i] : null;
            cells.Add(peer switch
            {
                null => "",
                { Missing: { } what } => $"missing: {what}",
                { Median: { } median } => Milliseconds(median),
                _ => "",
            });
            cells.Add(peer?.Ratio is { } ratio ? Invariant($"{ratio.Ratio:0.00} ({ratio.Low:0.00} to {ratio.High:0.00})") : "");
        }

        return $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|")))} |";
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Machine}.").AppendLine().AppendLine($"    {Command.Replace("\n", "\n    ")}").AppendLine();
        text.AppendLine("Medians of rounds in which all ran in turn; in brackets 95 % of resampled ratios.").AppendLine();
        text.AppendLine(Heads);
        foreach (var result in Results)
        {
            text.AppendLine(Row(result));
        }

        text.AppendLine();
        foreach (string line in Results.SelectMany(result => result.Peers).Where(peer => peer.Missing is null)
            .Select(peer => $"{peer.Variant}: {peer.Versions}").Distinct())
        {
            text.AppendLine($"- {line}");
        }

        return text.ToString();
    }

    /// <summary>
    /// This report with the contests of <paramref name="names"/> that an earlier one of the same machine has and this one lacks, in the
    /// order of the names.
    /// </summary>
    public ComparisonReport With(ComparisonReport earlier, IReadOnlyList<string> names)
    {
        if (earlier.Machine != Machine)
        {
            return this;
        }

        var order = names.Index().ToDictionary(item => item.Item, item => item.Index);
        var kept = earlier.Results
            .Where(result => order.ContainsKey(result.Name) && Results.All(own => own.Name != result.Name)).ToArray();
        string command = kept.Length == 0 || earlier.Command.Split('\n').Contains(Command) ? Command : $"{earlier.Command}\n{Command}";
        var all = kept.Concat(Results).OrderBy(result => order.GetValueOrDefault(result.Name, int.MaxValue));
        return this with { Command = command, Results = [.. all] };
    }

    /// <summary>Writes both files, each beside its place and renamed.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(Path.Combine(folder, JsonName), JsonSerializer.SerializeToUtf8Bytes(this, _json));
        AtomicFile.WriteAllBytes(Path.Combine(folder, MarkdownName), Encoding.UTF8.GetBytes(ToMarkdown()));
    }

    // Three figures are as many as times repeat to.
    private static string Milliseconds(double value) => value switch
    {
        >= 100 => Invariant($"{value:0}"),
        >= 10 => Invariant($"{value:0.0}"),
        _ => Invariant($"{value:0.00}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
