using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrewClip.Data.LittleWorld;

/// <summary>A line of <c>scenes.jsonl</c>.</summary>
/// <param name="Image">The image's file name.</param>
/// <param name="Split">Its split.</param>
/// <param name="Mood">The mood of its figure and its speakers.</param>
/// <param name="HasFigure">Whether there is a figure at all.</param>
/// <param name="TwinOf">The image that differs in mood alone, or null.</param>
/// <param name="Scene">What the image shows.</param>
public sealed record SceneRecord(string Image, DatasetSplit Split, Mood Mood, bool HasFigure, string? TwinOf, Scene Scene)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the scenes of a corpus.</summary>
    /// <param name="folder">The corpus.</param>
    /// <exception cref="FileNotFoundException">The folder holds no <c>scenes.jsonl</c>.</exception>
    /// <exception cref="InvalidDataException">A line is no scene; the message names it.</exception>
    public static IEnumerable<SceneRecord> Read(string folder)
    {
        string path = Path.Combine(folder, LittleWorldGenerator.ScenesFile);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no '{path}': give a folder that 'brewclip littleworld generate' wrote.", path);
        }

        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            SceneRecord? record;
            try
            {
                record = JsonSerializer.Deserialize<SceneRecord>(line, _json);
            }
            catch (JsonException error)
            {
                throw new InvalidDataException($"'{path}', line {number}, is no scene: {error.Message}", error);
            }

            yield return record ?? throw new InvalidDataException($"'{path}', line {number}, is empty.");
        }
    }

    internal static string ToJson(PlannedImage image) =>
        JsonSerializer.Serialize(
            new SceneRecord(image.FileName, image.Split, image.Mood, image.Scene.Figure is not null, image.TwinOf, image.Scene), _json);
}
