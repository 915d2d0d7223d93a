using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Training.Logging;
using BrewClip.Training.Recipes;
using BrewClip.Training.Tasks;
using TorchSharp;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// The recipes <c>clip-nano</c>, <c>whisper-nano</c> and <c>brewclip-nano</c>: two models from nothing, vocabularies included, on Little
/// World's training split, and what is trained between the two, frozen. Each stage is resumed where it was stopped.
/// </summary>
/// <param name="options">What is trained on what, and where to.</param>
/// <param name="observers">Are told how it goes.</param>
public sealed class LittleWorldTraining(LittleWorldTrainingOptions options, params IReadOnlyList<ITrainingObserver> observers)
{
    /// <summary>The folder of CLIP's stage within the run's.</summary>
    public const string ClipFolder = "clip-nano";

    /// <summary>The folder of Whisper's stage within the run's.</summary>
    public const string WhisperFolder = "whisper-nano";

    /// <summary>The folder of BrewCLIP's stage within the run's.</summary>
    public const string BrewFolder = "brewclip-nano";

    private const int WhisperQueue = 8;

    /// <summary>Trains CLIP's towers on images with their captions, moods written into some (<see cref="WrittenCaptions"/>).</summary>
    /// <exception cref="IOException">The corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainClip(CancellationToken cancellation = default)
    {
        options.Validate();
        var captions = WrittenCaptions.WithMoods(Read(DatasetSplit.Train), options.Data);
        var recipe = options.Clip;
        var settings = Sized(recipe.Training);
        var tokenizer = new ClipTokenizer(LittleWorldVocabularies.Clip(captions, recipe.VocabularyMerges, cancellation));
        var config = recipe.Model.ToConfig(tokenizer.VocabularySize, tokenizer.EndOfText);
        var processor = new ClipImageProcessor(new ClipImageProcessorConfig { Size = config.Vision.ImageSize });
        using var model = ClipModel.Create(config, settings.Seed);
        var training = new ImageTextSource(captions, tokenizer, processor, config.Text.ContextLength);
        var heldOut = new ImageTextSource(ReadHeldOut(), tokenizer, processor, config.Text.ContextLength);
        using var loader = new BatchLoader<ImageTextExample>(
            new TwinsTogether<ImageTextExample>(training, TwinScenes.Of(options.Data)), settings.ToLoaderOptions());
        var task = new ClipPretraining(model, training, heldOut);
        return new Trainer<ImageTextExample>(task, loader, settings.ToTrainerOptions(FolderOf(ClipFolder), resume: true), observers)
            .Run(cancellation);
    }

    /// <summary>Trains Whisper on recordings with their captions.</summary>
    /// <exception cref="IOException">The corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainWhisper(CancellationToken cancellation = default)
    {
        options.Validate();
        var captions = Read(DatasetSplit.Train);
        var recipe = options.Whisper;
        var settings = Sized(recipe.Training);
        var tokenizer = new WhisperTokenizer(LittleWorldVocabularies.Whisper(captions, recipe.VocabularyMerges, cancellation));
        var config = recipe.Model.ToConfig(tokenizer.VocabularySize);
        using var model = WhisperModel.Create(config, settings.Seed);
        var recordings = LittleWorldCaptions.Read([.. options.Data, .. options.Recordings], DatasetSplit.Train);
        var training = new SpeechTextSource(recordings, tokenizer, config, settings.ToSourceOptions());
        var heldOut = new SpeechTextSource(ReadHeldOut(), tokenizer, config);
        using var loader = new BatchLoader<SpeechTextExample>(training, settings.ToLoaderOptions() with { QueueCapacity = WhisperQueue });
        var task = new WhisperPretraining(model, training, heldOut, settings.ToTaskOptions());
        return new Trainer<SpeechTextExample>(task, loader, settings.ToTrainerOptions(FolderOf(WhisperFolder), resume: true), observers)
            .Run(cancellation);
    }

    /// <summary>
    /// Trains a variant of BrewCLIP between the best models of the two stages before, whose frames and transcripts are computed first.
    /// </summary>
    /// <param name="variant">Any but the zero-shot pipeline, which has nothing to train.</param>
    /// <param name="progress">Told how far frames and transcripts are.</param>
    /// <param name="cancellation">Saves and ends the run.</param>
    /// <exception cref="IOException">A stage before is missing, the corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainBrewClip(
        BrewClipVariant variant, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var recipe = options.BrewClip;
        var settings = Sized(recipe.Training!);
        var config =
            recipe.Model.ToConfig() with { Variant = variant, Whisper = $"../../{WhisperFolder}/best", Clip = $"../../{ClipFolder}/best" };
        string whisper = Path.Combine(FolderOf(WhisperFolder), "best"), clip = Path.Combine(FolderOf(ClipFolder), "best");
        using var backbone = BrewClipBackbone.Load(whisper, clip, cancellation: cancellation);
        torch.manual_seed(settings.Seed).Dispose();
        using var network = new BrewClipNetwork(config, backbone.Clip, backbone.Whisper.Config, settings.TemperatureLearnable);
        var captions = LittleWorldCaptions.Some(Read(DatasetSplit.Train), settings.CaptionsPerImage ?? int.MaxValue);
        var heldOut = LittleWorldCaptions.Some(ReadHeldOut(), settings.HeldOutCaptionsPerImage ?? int.MaxValue);
        using var caches = new FrozenFeatureCaches(
            options.Caches ?? Path.Combine(options.Folder, "caches"), network, backbone, ContentHash.OfModel(whisper),
            ContentHash.OfModel(clip));
        caches.Fill([.. captions, .. heldOut], progress, cancellation);
        SpeechImageSource Source(IEnumerable<SpokenImageCaption> records) =>
            new(records, caches.Features, backbone.ClipTokenizer, backbone.ImageProcessor, backbone.Clip.Config.Text.ContextLength);
        var training = Source(captions);
        IExampleSource<SpeechImageExample> examples = settings.TwinsTogether
            ? new TwinsTogether<SpeechImageExample>(training, TwinScenes.Of(options.Data))
            : training;
        using var loader = new BatchLoader<SpeechImageExample>(examples, settings.ToLoaderOptions());
        var task = new BrewClipTraining(network, backbone.Whisper.Config, training, Source(heldOut), settings.ToTaskOptions());
        var run = settings.ToTrainerOptions(FolderOf(FolderOf(variant)), resume: true);
        return new Trainer<SpeechImageExample>(task, loader, run, observers).Run(cancellation);
    }

    /// <summary>The folder of a variant's stage within the run's.</summary>
    public static string FolderOf(BrewClipVariant variant) => variant switch
    {
        BrewClipVariant.Full => BrewFolder,
        BrewClipVariant.PipelinePrompted => BrewFolder + "-prompted",
        BrewClipVariant.AcousticOnly => BrewFolder + "-acoustic",
        _ => throw new ArgumentException("The zero-shot pipeline has nothing to train.", nameof(variant)),
    };

    private List<SpokenImageCaption> Read(DatasetSplit split) => LittleWorldCaptions.Read(options.Data, split);

    private List<SpokenImageCaption> ReadHeldOut() => LittleWorldCaptions.Read([options.Data[0]], DatasetSplit.Development);

    private string FolderOf(string stage) => Path.Combine(options.Folder, stage);

    // Another length keeps the number of evaluations.
    private TTraining Sized<TTraining>(TTraining training)
        where TTraining : RecipeOptimization
    {
        int steps = options.Steps ?? training.Steps;
        return training with
        {
            Steps = steps,
            WarmupSteps = Math.Min(training.WarmupSteps, steps),
            EvaluateEvery = steps == training.Steps || training.EvaluateEvery == 0
                ? training.EvaluateEvery
                : Math.Max(1, steps / Math.Max(1, training.Steps / training.EvaluateEvery)),
            Seed = options.Seed ?? training.Seed,
        };
    }
}
