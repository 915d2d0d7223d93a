using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>One kernel in one type.</summary>
/// <param name="Name">The kernel's.</param>
/// <param name="Work">What it did.</param>
/// <param name="Type">Element type.</param>
/// <param name="Ours">Milliseconds; null where it did not run.</param>
/// <param name="Floor">The least that the device could take.</param>
/// <param name="Peer">PyTorch's milliseconds; null where it is missing.</param>
/// <param name="Failure">Why it did not run; null where it did.</param>
internal sealed record GpuRow(string Name, string Work, string Type, double? Ours, double Floor, double? Peer, string? Failure);

/// <summary>Rows as a Markdown table and as JSON.</summary>
/// <param name="Machine">The host.</param>
/// <param name="Peer">The device and PyTorch's versions, as the peer names them.</param>
/// <param name="Command">How the rows were taken.</param>
/// <param name="Ceilings">What the device gave at best, by type.</param>
/// <param name="Rows">The kernels'.</param>
internal sealed record GpuReport(
    Machine Machine, string Peer, string Command, IReadOnlyDictionary<string, DeviceCeiling> Ceilings, IReadOnlyList<GpuRow> Rows)
{
    public const string Heads =
        "| kernel | type | ms | floor, ms | floor / ours | PyTorch, ms | ours / PyTorch |\n| --- | --- | --- | --- | --- | --- | --- |";

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One row of the table.</summary>
    public static string Line(GpuRow row)
    {
        FormattableString figures = row.Ours is { } ours
            ? $"{ours:0.000} | {row.Floor:0.000} | {row.Floor / ours:0.00} | {row.Peer:0.000} | {ours / row.Peer:0.00}"
            : (FormattableString)$"did not run: {row.Failure} | {row.Floor:0.000} | | |";
        return $"| {row.Work} | {row.Type} | {FormattableString.Invariant(figures)} |";
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Machine}. {Peer}.").AppendLine().AppendLine($"    {Command}").AppendLine();
        foreach (var (type, ceiling) in Ceilings)
        {
            var (operations, bytes) = (ceiling.OperationsPerSecond / 1e12, ceiling.BytesPerSecond / 1e9);
            text.AppendLine(CultureInfo.InvariantCulture, $"- {type}: {operations:0.0} TFLOP/s, {bytes:0} GB/s");
        }

        text.AppendLine().AppendLine(Heads);
        foreach (var row in Rows)
        {
            text.AppendLine(Line(row));
        }

        return text.ToString();
    }

    /// <summary>Writes both files, each beside its place and renamed.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(Path.Combine(folder, "gpu.json"), JsonSerializer.SerializeToUtf8Bytes(this, _json));
        AtomicFile.WriteAllBytes(Path.Combine(folder, "gpu.md"), Encoding.UTF8.GetBytes(ToMarkdown()));
    }
}
