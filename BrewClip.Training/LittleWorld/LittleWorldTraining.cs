using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;
using TorchSharp;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// The recipes <c>clip-nano</c>, <c>whisper-nano</c> and <c>brewclip-nano</c>: two models from nothing, vocabularies included, on Little World's
/// training split, and what is trained between the two, frozen. Each stage is resumed where it was stopped.
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

    private const int ClipSteps = 800, ClipBatch = 128, ClipWarmup = 150;
    private const int WhisperSteps = 6_000, WhisperBatch = 16, WhisperWarmup = 300;
    private const int BrewSteps = 1_200, BrewBatch = 64, BrewWarmup = 100, BrewCaptions = 2;
    private const double PeakRate = 1e-3, WhisperRate = 1.5e-3, FinalRate = 1e-5, WeightDecay = 0.02;

    // Whole batches of like lengths are cut to their longest recording; this many are sorted together.
    private const int BucketBatches = 40;

    // The second moment of a young transformer's gradients changes faster than Adam's usual 0.999 follows (CLIP and Whisper: 0.98).
    private static readonly AdamOptions _adam = new() { Kind = AdamKind.AdamW, Beta2 = 0.98, WeightDecay = WeightDecay, DecayMatricesOnly = true };

    private static readonly SpecAugment _masks = new() { FrequencyMasks = 1, FrequencyWidth = 12, TimeMasks = 1, TimeWidth = 20 };

    /// <summary>Trains CLIP's towers on images with their captions.</summary>
    /// <exception cref="IOException">The corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainClip(CancellationToken cancellation = default)
    {
        options.Validate();
        var captions = Read(DatasetSplit.Train);
        var tokenizer = new ClipTokenizer(LittleWorldVocabularies.Clip(captions, cancellation));
        var config = NanoModels.Clip(tokenizer.VocabularySize, tokenizer.EndOfText);
        var processor = new ClipImageProcessor(new ClipImageProcessorConfig { Size = config.Vision.ImageSize });
        using var model = ClipModel.Create(config, options.Seed);
        var training = new ImageTextSource(captions, tokenizer, processor, config.Text.ContextLength);
        var heldOut = new ImageTextSource(ReadHeldOut(), tokenizer, processor, config.Text.ContextLength);
        using var loader = new BatchLoader<ImageTextExample>(
            training, new BatchLoaderOptions { BatchSize = ClipBatch, Seed = (ulong)options.Seed, DistinctGroups = true });
        var task = new ClipPretraining(model, training, heldOut);
        int steps = options.Steps ?? ClipSteps;
        return new Trainer<ImageTextExample>(task, loader, Settings(ClipFolder, steps, ClipWarmup, evaluations: 6), observers).Run(cancellation);
    }

    /// <summary>Trains Whisper on recordings with their captions.</summary>
    /// <exception cref="IOException">The corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainWhisper(CancellationToken cancellation = default)
    {
        options.Validate();
        var captions = Read(DatasetSplit.Train);
        var tokenizer = new WhisperTokenizer(LittleWorldVocabularies.Whisper(captions, cancellation));
        var config = NanoModels.Whisper(tokenizer.VocabularySize);
        using var model = WhisperModel.Create(config, options.Seed);
        var recordings = LittleWorldCaptions.Read([.. options.Data, .. options.Recordings], DatasetSplit.Train);
        var training = new SpeechTextSource(recordings, tokenizer, config, new SpeechTextSourceOptions { SpecAugment = _masks, FrequencyWarp = 0.12, ZeroPaddingShare = 0.4 });
        var heldOut = new SpeechTextSource(ReadHeldOut(), tokenizer, config);
        using var loader = new BatchLoader<SpeechTextExample>(
            training, new BatchLoaderOptions { BatchSize = WhisperBatch, Seed = (ulong)options.Seed, BucketBatches = BucketBatches, QueueCapacity = 8 });
        var task = new WhisperPretraining(
            model, training, heldOut, new WhisperPretrainingOptions { FullWindowShare = 0.2, EvaluationExamples = 150, AlignmentWeight = 1, TokenNoise = 0.2 });
        int steps = options.Steps ?? WhisperSteps;
        return new Trainer<SpeechTextExample>(task, loader, Settings(WhisperFolder, steps, WhisperWarmup, evaluations: 10, WhisperRate), observers).Run(cancellation);
    }

    /// <summary>Trains a variant of BrewCLIP between the best models of the two stages before, whose frames and transcripts are computed first.</summary>
    /// <param name="variant">Any but the zero-shot pipeline, which has nothing to train.</param>
    /// <param name="progress">Told how far frames and transcripts are.</param>
    /// <param name="cancellation">Saves and ends the run.</param>
    /// <exception cref="IOException">A stage before is missing, the corpus cannot be read, or the folder not written.</exception>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another run.</exception>
    public TrainingOutcome TrainBrewClip(BrewClipVariant variant, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var config = NanoModels.Brew(variant, $"../../{WhisperFolder}/best", $"../../{ClipFolder}/best");
        string whisper = Path.Combine(options.Folder, WhisperFolder, "best");
        using var backbone = BrewClipBackbone.Load(whisper, Path.Combine(options.Folder, ClipFolder, "best"), cancellation: cancellation);
        var captions = LittleWorldCaptions.Some(Read(DatasetSplit.Train), BrewCaptions);
        var heldOut = LittleWorldCaptions.Some(ReadHeldOut(), 1);
        using var caches = new FrozenCaches(Path.Combine(options.Folder, "caches"), whisper);
        caches.Fill([.. captions, .. heldOut], backbone, config, progress, cancellation);

        torch.manual_seed(options.Seed).Dispose();
        using var network = new BrewClipNetwork(config, backbone.Clip, backbone.Whisper.Config, temperatureLearnable: true);
        SpeechImageSource Source(IEnumerable<SpokenImageCaption> records) =>
            new(records, caches.For(config), backbone.ClipTokenizer, backbone.ImageProcessor, backbone.Clip.Config.Text.ContextLength);
        var training = Source(captions);
        using var loader = new BatchLoader<SpeechImageExample>(
            new TwinsTogether(training, TwinsTogether.ScenesOf(options.Data)),
            new BatchLoaderOptions { BatchSize = BrewBatch, Seed = (ulong)options.Seed, BucketBatches = BucketBatches });
        var task = new BrewClipTraining(network, backbone.Whisper.Config, training, Source(heldOut));
        int steps = options.Steps ?? BrewSteps;
        return new Trainer<SpeechImageExample>(task, loader, Settings(FolderOf(variant), steps, BrewWarmup, evaluations: 6), observers).Run(cancellation);
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

    private TrainerOptions Settings(string stage, int steps, int warmup, int evaluations, double peak = PeakRate) => new()
    {
        Folder = Path.Combine(options.Folder, stage),
        Steps = steps,
        Schedule = new WarmupLinearDecay { PeakRate = peak, FinalRate = FinalRate, WarmupSteps = Math.Min(warmup, steps), TotalSteps = steps },
        Optimizer = _adam,
        ClipNorm = 1,
        EvaluateEvery = Math.Max(1, steps / evaluations),
        CheckpointEvery = 100,
        ReportEvery = 20,
        Seed = options.Seed,
    };
}
