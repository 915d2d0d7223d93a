using System.Text.Json;
using System.Text.Json.Nodes;
using BrewClip.Core.Checkpoints;
using BrewClip.Training.Logging;

namespace BrewClip.Training.Recipes;

/// <summary>
/// What a run's folder says of itself, in <c>run.json</c>: which recipe it follows, over which frozen networks, and how it ended. Beside it
/// lie
/// <c>last.safetensors</c> to go on from, <c>best/</c> and <c>last/</c>, two models that load as any other.
/// </summary>
public sealed record RecipeRun
{
    private const string FileName = "run.json";

    // What may change from one sitting to the next: how long, how it is watched, and what comes after.
    private static readonly string[] _free =
    [
        "kind", "name", "table", "method", "test_on", "test_split", "text", "model.whisper", "model.clip", "training.steps",
        "training.evaluate_every",
        "training.checkpoint_every", "training.report_every", "training.patience", "training.held_out_captions_per_image",
        "training.held_out_utterances",
    ];

    private static readonly JsonSerializerOptions _json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The recipe, with everything that was set from outside.</summary>
    public required JsonObject Recipe { get; init; }

    /// <summary>Whisper's content hash.</summary>
    public required string Whisper { get; init; }

    /// <summary>CLIP's content hash.</summary>
    public required string Clip { get; init; }

    /// <summary>Steps of the whole run when it ended last; null as long as it was not ended in order.</summary>
    public long? FinishedSteps { get; init; }

    /// <summary>The best value of recall's mean on the development split; null without one.</summary>
    public double? Best { get; init; }

    /// <summary>The step of that value.</summary>
    public long BestStep { get; init; }

    /// <summary>What was left out: faults of tables, files that could not be read, failed transcriptions.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Whether a folder holds a run that can be gone on with or was ended.</summary>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, "last.safetensors")) || Directory.Exists(BestModel(folder)) || Directory.Exists(LastModel(folder));

    /// <summary>The folder of the best model within a run's.</summary>
    public static string BestModel(string folder) => Path.Combine(folder, "best");

    /// <summary>The folder of the last model within a run's.</summary>
    public static string LastModel(string folder) => Path.Combine(folder, "last");

    /// <summary>The model of a run: the best one, or the last where none was evaluated; the folder itself where it is no run's.</summary>
    public static string ModelIn(string folder) =>
        File.Exists(Path.Combine(folder, "config.json")) ? folder
        : Directory.Exists(BestModel(folder)) ? BestModel(folder)
        : Directory.Exists(LastModel(folder)) ? LastModel(folder) : folder;

    /// <summary>Reads a folder's <c>run.json</c>; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static RecipeRun? Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<RecipeRun>(File.ReadAllText(path), _json) : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' does not say what the run is: {error.Message}", error);
        }
    }

    /// <summary>Begins a record.</summary>
    internal static RecipeRun Of(RetrievalRecipe recipe, string whisper, string clip) => new()
    {
        Recipe = JsonNode.Parse(RecipeFile.Write(recipe))!.AsObject(),
        Whisper = whisper,
        Clip = clip,
    };

    /// <summary>The record of a run that ended.</summary>
    internal RecipeRun Ended(TrainingOutcome outcome, IEnumerable<string> leftOut) => this with
    {
        FinishedSteps = outcome.Reason == StopReason.Cancelled ? null : (long)Recipe["training"]!["steps"]!,
        Best = outcome.Best,
        BestStep = outcome.BestStep,
        LeftOut = [.. leftOut],
    };

    /// <summary>Writes <c>run.json</c>.</summary>
    internal void Save(string folder) =>
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, _json) + "\n");

    /// <summary>Refuses to go on with the run of another recipe or of other networks.</summary>
    /// <exception cref="InvalidDataException">It is; the message names the differences.</exception>
    internal void CheckContinues(RecipeRun earlier, string folder)
    {
        var differences = DifferencesTo(earlier);
        if (differences.Count > 0)
        {
            throw new InvalidDataException(
                $"'{folder}' holds a run of another recipe: {string.Join(", ", differences)}. Train in another folder (--out), or set the "
                + "values that it was begun with.");
        }
    }

    /// <summary>Whether this record is of a run of a recipe that was ended with the recipe's steps.</summary>
    internal bool IsEnded(RetrievalRecipe recipe) =>
        FinishedSteps == recipe.Training!.Steps && Of(recipe, Whisper, Clip).DifferencesTo(this).Count == 0;

    private List<string> DifferencesTo(RecipeRun earlier)
    {
        var (there, here) = (Flatten(earlier.Recipe), Flatten(Recipe));
        List<string> differences =
        [
            .. there.Keys.Union(here.Keys).Except(_free).Order(StringComparer.Ordinal)
                .Where(key => there.GetValueOrDefault(key, "null") != here.GetValueOrDefault(key, "null"))
                .Select(key => $"{key} is {there.GetValueOrDefault(key, "null")} there and {here.GetValueOrDefault(key, "null")} here"),
        ];
        if (earlier.Whisper != Whisper)
        {
            differences.Add("its Whisper holds other weights");
        }

        if (earlier.Clip != Clip)
        {
            differences.Add("its CLIP holds other weights");
        }

        return differences;
    }

    private static Dictionary<string, string> Flatten(JsonObject values, string lead = "")
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (value is JsonObject inner)
            {
                foreach (var (innerKey, text) in Flatten(inner, $"{lead}{key}."))
                {
                    flat[innerKey] = text;
                }
            }
            else
            {
                flat[lead + key] = value?.ToJsonString() ?? "null";
            }
        }

        return flat;
    }
}
