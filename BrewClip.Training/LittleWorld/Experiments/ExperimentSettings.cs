using System.Globalization;
using BrewClip.Core.Checkpoints;
using BrewClip.Data.Caches;
using BrewClip.Data.LittleWorld;
using BrewClip.Training.Recipes;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// What decides an experiment's figures, in <c>settings.txt</c> of its folder: a line for each, named by its first word. Rows of other
/// corpora, towers or trainings would be joined with those that are there, so that the folder belongs to one experiment.
/// </summary>
internal static class ExperimentSettings
{
    private const string FileName = "settings.txt";

    /// <summary>Writes the settings into a new experiment's folder; in that of an earlier one, what it says must agree.</summary>
    /// <exception cref="ArgumentException">It does not; the message has both lines.</exception>
    public static void Claim(ExperimentOptions options, ExperimentTowers towers)
    {
        string path = Path.Combine(options.Folder, FileName);
        string[] lines = Lines(options, towers);
        if (!File.Exists(path))
        {
            AtomicFile.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
            return;
        }

        var here = lines.ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (string there in File.ReadLines(path))
        {
            if (here.TryGetValue(NameOf(there), out string? line) && line != there)
            {
                throw new ArgumentException(
                    $"'{options.Folder}' holds an experiment of other settings: '{path}' says '{there}', and this one would be '{line}'. "
                    + "Give another folder by --out, or delete this one.");
            }
        }
    }

    /// <summary>
    /// A short hash of what trainings follow of a recipe: all but what each experiment sets itself, and what is only watched.
    /// </summary>
    public static string Describe(RetrievalRecipe recipe) => Short(ContentHash.OfText(RecipeFile.Write(recipe with
    {
        Training = recipe.Training! with
        {
            Steps = 1,
            Seed = 0,
            CaptionsPerImage = null,
            EvaluateEvery = 0,
            CheckpointEvery = 1,
            ReportEvery = 1,
            Patience = null,
            HeldOutCaptionsPerImage = null,
            HeldOutUtterances = null,
        },
    })));

    private static string[] Lines(ExperimentOptions options, ExperimentTowers towers)
    {
        string noise = string.Join(", ", options.Noise.Select(decibels => decibels.ToString(CultureInfo.InvariantCulture)));
        return
        [
            $"towers {Short(ContentHash.OfModel(towers.WhisperFolder))} {Short(ContentHash.OfModel(towers.ClipFolder))}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"train {Describe(options.TrainOn)}, {options.TrainingCaptions} captions, {options.Steps} steps"),
            $"recipe {NanoModels.BrewRecipe.Name} {Describe(NanoModels.BrewRecipe)}",
            string.Create(CultureInfo.InvariantCulture, $"test {Describe(options.TestOn)}, {options.TestCaptions} captions"),
            $"noise {noise}",
        ];
    }

    private static string Describe(IReadOnlyList<CorpusFolder> corpora) => string.Join(", ", corpora.Select(corpus =>
        $"{corpus.Name} {Short(ContentHash.OfFile(Path.Combine(corpus.Folder, LittleWorldGenerator.ScenesFile)))}"));

    private static string NameOf(string line) => line.Split(' ')[0];

    private static string Short(string hash) => hash[..16];
}
