using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Loading;
using BrewClip.Data.Transcripts;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Docs;

/// <summary>Blocks of docs/training.md, as they stand there.</summary>
internal static class TrainingSnippets
{
    public static TrainingOutcome TrainWithTheTrainer(
        ISpeechDataset<SpokenImageCaption> dataset, ClipConfig config, ClipTokenizer tokenizer, ClipImageProcessor processor,
        CancellationToken cancellation)
    {
        var source = new ImageTextSource(dataset.Read(DatasetSplit.Train), tokenizer, processor, config.Text.ContextLength);
        var heldOut = new ImageTextSource(dataset.Read(DatasetSplit.Development), tokenizer, processor, config.Text.ContextLength);
        using var model = ClipModel.Create(config, seed: 1);
        using var loader = new BatchLoader<ImageTextExample>(source, new BatchLoaderOptions { BatchSize = 128, DistinctGroups = true });
        var outcome = new Trainer<ImageTextExample>(
            new ClipPretraining(model, source, heldOut), loader,
            new TrainerOptions { Folder = "runs/clip", Steps = 2_000 },
            new ConsoleProgress(), new JsonLinesLog("runs/clip/train.jsonl"), new TensorBoardLog("runs/clip")).Run(cancellation);
        return outcome;
    }

    public static SpeechImageExample LoadOverFrozenNetworks(
        IReadOnlyList<SpokenImageCaption> captions, string whisperFolder, WhisperModel whisper, BrewClipConfig config,
        ClipTokenizer clipTokenizer, ClipImageProcessor processor, Func<IReadOnlyList<AudioClip>, IReadOnlyList<string>> transcribe)
    {
        IReadOnlyList<string> Transcribe(IReadOnlyList<AudioClip> clips) => transcribe(clips);
        string whisperIdentity = ContentHash.OfModel(whisperFolder);
        using var transcripts = TranscriptCache.Open(
            "caches", whisperIdentity, TranscriptCaching.Options(TranscriptionOptions.SpeechQuery));
        using var frames = FeatureCache.Open(
            "caches", FrameCaching.Kind, whisperIdentity, FrameCaching.Options(validOnly: config.MaskPadding));
        TranscriptCaching.Run(captions, transcripts, clips => Transcribe(clips));
        FrameCaching.Run(captions, frames, whisper.Encoder, validOnly: config.MaskPadding);
        var features = new FrozenFeatures { Transcripts = transcripts, Frames = frames };
        var source = new SpeechImageSource(captions, features, clipTokenizer, processor, contextLength: 77);
        return source.Load(0, new DeterministicRandom(1));
    }

    public static int ImportPublishedTranscripts(IReadOnlyList<SpokenImageCaption> captions)
    {
        using var published = TranscriptCache.Open("caches", "the authors' Whisper", "published");
        int added = TranscriptCaching.Import(captions, published, PublishedTranscripts.Read("aud2trans_train_flickr8k.txt"));
        return added;
    }
}
