using System.Text.Json;
using System.Text.Json.Serialization;
using BrewClip.Core.Checkpoints;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>What one model did, query by query, so that seeds can be joined and compared pairwise.</summary>
public sealed record ExperimentRow
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The row's id.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of model, as tables call it.</summary>
    public required string Method { get; init; }

    /// <summary>The corpus that was trained on; null where nothing was trained here.</summary>
    public string? TrainedOn { get; init; }

    /// <summary>The training's seed; 0 where nothing was trained here.</summary>
    public int Seed { get; init; }

    /// <summary>The content hash of a model that was given as it is, by which another in its place is noticed; null for others.</summary>
    public string? Model { get; init; }

    /// <summary>Seconds of the run that finished it; what an interrupted run did before is not counted.</summary>
    public double Seconds { get; init; }

    /// <summary>Retrieval on each corpus with each kind of text.</summary>
    public IReadOnlyList<RetrievalMeasurement> Retrieval { get; init; } = [];

    /// <summary>Moods recognised.</summary>
    public IReadOnlyList<MoodMeasurement> Moods { get; init; } = [];

    /// <summary>Reads a row that was finished earlier.</summary>
    /// <exception cref="InvalidDataException">The file is no row.</exception>
    internal static ExperimentRow Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ExperimentRow>(File.ReadAllText(path), _json)
                ?? throw new InvalidDataException($"'{path}' is empty: delete it, and the row is measured again.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"'{path}' is no row of the experiment ({error.Message}): delete it, and the row is measured again.", error);
        }
    }

    /// <summary>Keeps the row, beside its place and then renamed.</summary>
    internal void Save(string path) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(this, _json) + "\n");
}

/// <summary>Retrieval on one corpus.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Text">What the pipeline read; null without pipeline.</param>
/// <param name="UtteranceRanks">For each utterance the 0-based rank of its image.</param>
/// <param name="ImageRanks">For each image, in order of first appearance, the 0-based rank of its best utterance.</param>
/// <param name="MoodDecisions">
/// For each utterance about an image with a twin: 1 where it is nearer to its own image, 0 where to the twin, 0.5 where it cannot tell.
/// </param>
public sealed record RetrievalMeasurement(
    string Corpus, PipelineText? Text, IReadOnlyList<int> UtteranceRanks, IReadOnlyList<int> ImageRanks,
        IReadOnlyList<double> MoodDecisions);

/// <summary>Moods of a corpus' test utterances, recognised.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Truth">The mood of each utterance, by number.</param>
/// <param name="Predicted">The mood that was taken for it.</param>
/// <param name="Speakers">Who spoke.</param>
public sealed record MoodMeasurement(string Corpus, IReadOnlyList<int> Truth, IReadOnlyList<int> Predicted, IReadOnlyList<string> Speakers);
