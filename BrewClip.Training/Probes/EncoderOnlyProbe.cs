using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;

namespace BrewClip.Training.Probes;

/// <summary>
/// The emotion probe from a Whisper encoder alone, without a trained BrewCLIP: what Whisper's frozen frames carry for a linear head, and
/// what the acoustic branch makes of them when it is trained for nothing else.
/// </summary>
public static class EncoderOnlyProbe
{
    /// <summary>Runs all probes.</summary>
    /// <param name="dataset">The recordings.</param>
    /// <param name="whisperFolder">A folder with <c>config.json</c> and weights; the encoder's suffice.</param>
    /// <param name="options">Seeds, sizes, cache; the defaults when null.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Checked between recordings and at every step.</param>
    /// <exception cref="InvalidDataException">A recording or the model cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static EmotionProbeReport Run(
        RavdessDataset dataset, string whisperFolder, EncoderOnlyProbeOptions? options = null,
        IProgress<(string Stage, ProbeProgress Progress)>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new EncoderOnlyProbeOptions();
        options.Validate();
        RavdessUtterance[] utterances = [.. dataset.Read()];
        string[] paths = [.. utterances.Select(utterance => utterance.AudioPath!)];
        var frames = Extract(paths, whisperFolder, options, progress, cancellation);
        var probe = new EmotionProbe(utterances, dataset.Classes);
        long[] seeds = [.. Enumerable.Range(0, options.Seeds).Select(seed => (long)seed)];
        var vectors = new (string Name, IReadOnlyList<float[]> Vectors)[]
        {
            ("log-mel mean and deviation, linear", new LogMelPooling().Compute(paths, cancellation)),
            ("Whisper frames mean, linear", [.. frames.Select(item => FramePooling.Mean.Pool(item))]),
            ("Whisper frames mean and deviation, linear", [.. frames.Select(item => FramePooling.MeanAndDeviation.Pool(item))]),
        };
        ProbeResult Linear(int i, IReadOnlyList<RavdessFold> folds) => probe.Run(
            vectors[i].Name, training => new LinearProbe(vectors[i].Vectors, training, dataset.Classes.Count), options.LinearTraining,
            folds, seeds, Report(progress, vectors[i].Name), cancellation);
        List<ProbeResult> published = [.. vectors.Select((_, i) => Linear(i, [EmotionProbe.PublishedSplit]))];
        var folds = options.SpeakerFolds();
        List<ProbeResult> folded = folds.Count == 0 ? [] : [.. vectors.Select((_, i) => Linear(i, folds))];
        if (options.TrainsAcousticLayer)
        {
            const string Name = "acoustic layer and head, trained through";
            published.Add(probe.Run(
                Name, _ => Acoustic(frames, options, dataset.Classes.Count), options.AcousticTraining, [EmotionProbe.PublishedSplit], seeds,
                Report(progress, Name), cancellation));
        }

        return new EmotionProbeReport(utterances.Length, published, folded);
    }

    private static IReadOnlyList<EncoderFrames> Extract(
        string[] paths, string whisperFolder, EncoderOnlyProbeOptions options,
        IProgress<(string Stage, ProbeProgress Progress)>? progress, CancellationToken cancellation)
    {
        using var encoder = WhisperEncoder.Load(whisperFolder, new ModelLoadingOptions(), cancellation);
        using var cache = options.Cache is null ? null : EncoderFrameExtractor.OpenCache(options.Cache, whisperFolder);
        return new EncoderFrameExtractor(encoder, cache).Extract(paths, Report(progress, "encoder frames"), cancellation);
    }

    private static AcousticProbe Acoustic(IReadOnlyList<EncoderFrames> frames, EncoderOnlyProbeOptions options, int classes)
    {
        var branch = new AcousticBranch(new AcousticBranchConfig
        {
            AudioWidth = frames[0].Width,
            Width = options.AcousticWidth,
            ProjectFrames = true,
            EmbeddingWidth = options.AcousticWidth,
            Heads = options.AcousticHeads,
            FeedForward = options.AcousticFeedForward,
        });
        return new AcousticProbe(frames, branch, options.AcousticWidth, classes);
    }

    private static StageReport? Report(IProgress<(string Stage, ProbeProgress Progress)>? progress, string stage) =>
        progress is null ? null : new StageReport(progress, stage);

    private sealed class StageReport(IProgress<(string Stage, ProbeProgress Progress)> progress, string stage) : IProgress<ProbeProgress>
    {
        public void Report(ProbeProgress value) => progress.Report((stage, value));
    }
}
