using BrewClip.Cli.Terminal;
using BrewClip.Training.LittleWorld;
using BrewClip.Training.Logging;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary>The recipes of Little World behind <c>brewclip train</c>: stages of one run, each in a folder of its own.</summary>
internal static class LittleWorldRecipes
{
    /// <summary>The folder of a recipe's stage within a run's; null where the recipe is not Little World's.</summary>
    public static string? StageOf(Recipe recipe) => recipe switch
    {
        ClipRecipe => LittleWorldTraining.ClipFolder,
        WhisperRecipe => LittleWorldTraining.WhisperFolder,
        RetrievalRecipe { TrainOn: RetrievalRecipe.LittleWorld } brew => LittleWorldTraining.FolderOf(brew.Model.Variant),
        _ => null,
    };

    /// <summary>Trains a stage.</summary>
    /// <param name="recipe">A recipe that has a stage.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="cache">The folder of frames and transcripts; null for the run's own.</param>
    /// <param name="data">The corpora.</param>
    /// <param name="recordings">Corpora that Whisper alone listens to besides.</param>
    /// <param name="observers">Are told how it goes.</param>
    /// <param name="cancellation">Saves and ends the run.</param>
    public static TrainingOutcome Train(
        Recipe recipe, string folder, string? cache, DataFolders data, IReadOnlyList<string> recordings,
        IReadOnlyList<ITrainingObserver> observers,
        CancellationToken cancellation)
    {
        var corpora = data.AllOf(RetrievalRecipe.LittleWorld);
        if (corpora.Count == 0)
        {
            throw new UsageException(
                $"The recipe '{recipe.Name}' needs a corpus of 'brewclip littleworld generate': say where it lies with --data "
                + $"{RetrievalRecipe.LittleWorld}=FOLDER.");
        }

        var options = new LittleWorldTrainingOptions { Data = corpora, Recordings = recordings, Folder = folder, Caches = cache };
        return recipe switch
        {
            ClipRecipe clip => new LittleWorldTraining(options with { Clip = clip }, observers).TrainClip(cancellation),
            WhisperRecipe whisper => new LittleWorldTraining(options with { Whisper = whisper }, observers).TrainWhisper(cancellation),
            RetrievalRecipe brew => new LittleWorldTraining(options with { BrewClip = brew }, observers)
                .TrainBrewClip(brew.Model.Variant, new DirectProgress<string>(Output.Message), cancellation),
            _ => throw new ArgumentException($"The recipe '{recipe.Name}' is none of Little World's.", nameof(recipe)),
        };
    }
}
