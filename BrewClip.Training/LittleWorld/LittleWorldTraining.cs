using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Flickr8k;
using BrewClip.Data.Loading;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// The recipes <c>clip-nano</c> and <c>whisper-nano</c>: both models from nothing, vocabularies included, on Little World's training split.
/// Each stage is resumed where it was stopped.
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

    private const int ClipSteps = 1_800, ClipBatch = 128, ClipWarmup = 150;
    private const int WhisperSteps = 4_000, WhisperBatch = 16, WhisperWarmup = 300;
    private const double PeakRate = 1e-3, FinalRate = 1e-5, WeightDecay = 0.02;

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
        var training = new SpeechTextSource(captions, tokenizer, config, new SpeechTextSourceOptions { SpecAugment = _masks });
        var heldOut = new SpeechTextSource(ReadHeldOut(), tokenizer, config);
        using var loader = new BatchLoader<SpeechTextExample>(
            training, new BatchLoaderOptions { BatchSize = WhisperBatch, Seed = (ulong)options.Seed, BucketBatches = BucketBatches, QueueCapacity = 8 });
        var task = new WhisperPretraining(
            model, training, heldOut, new WhisperPretrainingOptions { FullWindowShare = 0.1, EvaluationExamples = 150 });
        int steps = options.Steps ?? WhisperSteps;
        return new Trainer<SpeechTextExample>(task, loader, Settings(WhisperFolder, steps, WhisperWarmup, evaluations: 10), observers).Run(cancellation);
    }

    private List<SpokenImageCaption> Read(DatasetSplit split) => [.. options.Data.SelectMany(root => new Flickr8kDataset(root).Read(split))];

    private List<SpokenImageCaption> ReadHeldOut() => [.. new Flickr8kDataset(options.Data[0]).Read(DatasetSplit.Development)];

    private TrainerOptions Settings(string stage, int steps, int warmup, int evaluations) => new()
    {
        Folder = Path.Combine(options.Folder, stage),
        Steps = steps,
        Schedule = new WarmupLinearDecay { PeakRate = PeakRate, FinalRate = FinalRate, WarmupSteps = Math.Min(warmup, steps), TotalSteps = steps },
        Optimizer = _adam,
        ClipNorm = 1,
        EvaluateEvery = Math.Max(1, steps / evaluations),
        CheckpointEvery = 100,
        ReportEvery = 20,
        Seed = options.Seed,
    };
}
