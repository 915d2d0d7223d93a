using BrewClip.Core.Checkpoints;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Training.Logging;
using BrewClip.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Training.Recipes;

/// <summary>Where a recipe is trained, and with what.</summary>
public sealed record RecipeTrainerOptions
{
    /// <summary>The run's folder, created where missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of caches, which recipes may share.</summary>
    public required string Cache { get; init; }

    /// <summary>Go on with the run that the folder holds; without it such a folder is refused. Default false.</summary>
    public bool Resume { get; init; }

    /// <summary>Element type and device of the frozen networks; the trained part stays float32.</summary>
    public ModelLoadingOptions Networks { get; init; } = new();

    /// <summary>Where models named by hub names come from; null for what the environment says.</summary>
    public HubOptions? Hub { get; init; }

    /// <summary>Told of downloads.</summary>
    public IProgress<HubProgress>? DownloadProgress { get; init; }

    /// <summary>Told what is being done before the first step.</summary>
    public IProgress<string>? Progress { get; init; }
}

/// <summary>What a training of a recipe came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ModelFolder">The best model so far, or the last where there was nothing to evaluate on: it loads as any BrewCLIP.</param>
/// <param name="LeftOut">What was left out: faults of tables, files that could not be read, failed transcriptions.</param>
public sealed record RecipeTrainingResult(TrainingOutcome Outcome, string ModelFolder, IReadOnlyList<string> LeftOut);

/// <summary>
/// A recipe's training: loads the frozen networks, fills the caches, and runs <see cref="Trainer{TExample}"/>. The run's folder is
/// described at <see cref="RecipeRun"/>.
/// </summary>
/// <param name="recipe">What is trained.</param>
/// <param name="options">Where.</param>
/// <param name="observers">Are told how it goes; the caller keeps them.</param>
public sealed class RecipeTrainer(RetrievalRecipe recipe, RecipeTrainerOptions options, params IReadOnlyList<ITrainingObserver> observers)
{
    private const int LoaderWorkers = 2;

    /// <summary>Trains until the end, or until cancellation, which saves and returns.</summary>
    /// <param name="dataset">The data set that the recipe trains on.</param>
    /// <param name="cancellation">Heeded between steps, batches and tokens.</param>
    /// <exception cref="InvalidDataException">
    /// The recipe trains nothing, the folder holds a run of another one, or models or data cannot be used; the message says what.
    /// </exception>
    /// <exception cref="IOException">
    /// The folder holds a run and it was not asked to go on, or something cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled before the first step; what was computed until then stays in the caches.
    /// </exception>
    public async Task<RecipeTrainingResult> RunAsync(ISpeechDataset<Utterance> dataset, CancellationToken cancellation = default)
    {
        recipe.Validate();
        if (recipe.Training is null)
        {
            throw new InvalidDataException(
                $"The recipe '{recipe.Name}' trains nothing: it tests "
                + $"{(recipe.TrainedBy is { } other ? $"the model of the recipe '{other}'" : "a model as it is")}.");
        }

        if (recipe.TrainOn == RetrievalRecipe.LittleWorld)
        {
            throw new InvalidDataException(
                $"The recipe '{recipe.Name}' is trained on Little World, between models of the same run: LittleWorldTraining trains it.");
        }

        if (!options.Resume && RecipeRun.IsIn(options.Folder))
        {
            throw new IOException($"'{options.Folder}' holds a run already: go on with it (--resume), or train in another folder (--out).");
        }

        string whisper = await ResolveAsync(recipe.Model.Whisper, cancellation).ConfigureAwait(false);
        string clip = await ResolveAsync(recipe.Model.Clip, cancellation).ConfigureAwait(false);
        return Run(dataset, whisper, clip, cancellation);
    }

    private Task<string> ResolveAsync(string name, CancellationToken cancellation) =>
        new HuggingFaceHub().ResolveAsync(name, options.Hub, options.DownloadProgress, cancellation);

    private RecipeTrainingResult Run(ISpeechDataset<Utterance> dataset, string whisper, string clip, CancellationToken cancellation)
    {
        var training = recipe.Training!;
        options.Progress?.Report($"loading '{recipe.Model.Whisper}' and '{recipe.Model.Clip}'");
        var run = RecipeRun.Of(recipe, ContentHash.OfModel(whisper), ContentHash.OfModel(clip));
        if (RecipeRun.IsIn(options.Folder) && RecipeRun.Load(options.Folder) is { } earlier)
        {
            run.CheckContinues(earlier, options.Folder);
        }

        var (records, heldOut, problems) = Read(dataset);
        using var backbone = BrewClipBackbone.Load(whisper, clip, options.Networks, cancellation);
        manual_seed(training.Seed).Dispose();
        using var network = new BrewClipNetwork(Config(), backbone.Clip, backbone.Whisper.Config, training.TemperatureLearnable);
        network.to(backbone.Whisper.Encoder.Device);
        using var caches = new FrozenFeatureCaches(options.Cache, network, backbone, run.Whisper, run.Clip);
        SpeechImageSource Source(IEnumerable<SpokenImageCaption> captions) =>
            new(captions, caches.Features, backbone.ClipTokenizer, backbone.ImageProcessor, backbone.Clip.Config.Text.ContextLength);
        var source = Source(records);
        using var loader = new BatchLoader<SpeechImageExample>(source, training.ToLoaderOptions() with { Workers = LoaderWorkers });

        // What is refused was refused by now; from here on it takes its time.
        caches.Fill([.. records, .. heldOut], options.Progress, cancellation);
        Directory.CreateDirectory(options.Folder);
        run.Save(options.Folder);
        var task = new BrewClipTraining(
            network, backbone.Whisper.Config, source, heldOut.Count > 0 ? Source(heldOut) : null, training.ToTaskOptions());
        var outcome = new Trainer<SpeechImageExample>(task, loader, training.ToTrainerOptions(options.Folder, options.Resume), observers)
            .Run(cancellation);

        task.Save(RecipeRun.LastModel(options.Folder));
        string[] leftOut =
        [
            .. problems,
            .. outcome.Skipped.Concat(task.HeldOutSkipped).DistinctBy(item => item.Name).Select(item => $"{item.Name}: {item.Reason}"),
        ];
        run.Ended(outcome, leftOut).Save(options.Folder);
        return new RecipeTrainingResult(outcome, RecipeRun.ModelIn(options.Folder), leftOut);
    }

    private (IReadOnlyList<SpokenImageCaption> Training, IReadOnlyList<SpokenImageCaption> HeldOut, IReadOnlyList<string> Problems) Read(
        ISpeechDataset<Utterance> dataset)
    {
        var training = recipe.Training!;
        var records = RecipeData.Read(dataset, DatasetSplit.Train, training.CaptionsPerImage);
        if (!dataset.Splits.Contains(DatasetSplit.Development))
        {
            options.Progress?.Report($"'{dataset.Root}' has no development split: the last model is kept, and none is the best.");
            return (records.Captions, [], records.Problems);
        }

        var heldOut = RecipeData.Read(dataset, DatasetSplit.Development, training.HeldOutCaptionsPerImage, training.HeldOutUtterances);
        return (records.Captions, heldOut.Captions, [.. records.Problems, .. heldOut.Problems]);
    }

    // Names of folders have to hold from where the models are written: two folders of equal depth within the run's.
    private BrewClipConfig Config() =>
        recipe.Model.ToConfig() with { Whisper = Reference(recipe.Model.Whisper), Clip = Reference(recipe.Model.Clip) };

    private string Reference(string name) => Directory.Exists(name)
        ? Path.GetRelativePath(Path.GetFullPath(RecipeRun.BestModel(options.Folder)), Path.GetFullPath(name)).Replace('\\', '/')
        : name;
}
