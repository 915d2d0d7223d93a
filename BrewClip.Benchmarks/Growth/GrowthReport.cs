using System.Text.Json;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Benchmarks.Growth;

/// <summary>A cost at one size.</summary>
/// <param name="Size">Utterances, seconds, or embeddings.</param>
/// <param name="Milliseconds">The median.</param>
internal sealed record GrowthPoint(double Size, double Milliseconds);

/// <summary>How a cost grows.</summary>
/// <param name="Name">Also the plot's file.</param>
/// <param name="Title">In words.</param>
/// <param name="Axis">What the size is.</param>
/// <param name="Points">By rising size.</param>
internal sealed record GrowthSeries(string Name, string Title, string Axis, IReadOnlyList<GrowthPoint> Points);

/// <summary>How costs grow with batch, length and index size.</summary>
internal sealed record GrowthReport(Machine Machine, string Command, IReadOnlyList<GrowthSeries> Series)
{
    public const string JsonName = "growth.json";

    private static readonly JsonSerializerOptions _json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="InvalidDataException">The file is no such report.</exception>
    public static GrowthReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GrowthReport>(File.ReadAllText(path), _json) is { Series: not null } report
                ? report
                : throw new InvalidDataException($"'{path}' holds no series: `growth --out FOLDER` writes them.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no report of growth: {exception.Message}", exception);
        }
    }

    /// <summary>Writes growth.json, beside its place and renamed.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllBytes(Path.Combine(folder, JsonName), JsonSerializer.SerializeToUtf8Bytes(this, _json));
    }
}
