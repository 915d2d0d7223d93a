using BrewClip.Data.Caches;
using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>
/// The emotion probe of a trained BrewCLIP (paper, section 5 and Table 3): a linear head over its frozen embedding, and the same with the
/// trained part trained through. The known sentence is the transcript, as in the authors' code.
/// </summary>
public static class BrewClipProbe
{
    /// <summary>What the probe of the frozen embedding is called.</summary>
    public const string LinearName = "BrewCLIP's embedding, linear";

    /// <summary>What the probe that is trained through is called.</summary>
    public const string FineTunedName = "BrewCLIP's trained part and head, fine-tuned";

    private const int Batch = 32;

    /// <summary>Runs the probes.</summary>
    /// <param name="dataset">The recordings. Those that cannot be read are left out and named.</param>
    /// <param name="model">The model; its weights do not change. The caller keeps it.</param>
    /// <param name="options">Seeds, training, cache; the defaults when null.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Checked between recordings and at every step.</param>
    /// <exception cref="InvalidDataException">Not one recording can be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a part of the split has no recordings.</exception>
    public static EmotionProbeReport Run(
        RavdessDataset dataset, BrewClipModel model, BrewClipProbeOptions? options = null,
        IProgress<(string Stage, ProbeProgress Progress)>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new BrewClipProbeOptions();
        options.Validate();
        string? temporary = options.Cache is null ? Directory.CreateTempSubdirectory("brewclip-probe-").FullName : null;
        try
        {
            using var frames = OpenFrames(model, options.Cache ?? temporary!);
            var leftOut = new Dictionary<string, string>(StringComparer.Ordinal);
            RavdessUtterance[] utterances = Readable([.. dataset.Read()], model, frames, leftOut, progress, cancellation);
            return Probe(utterances, dataset.Classes, model, frames, options, progress, cancellation) with
            {
                LeftOut = [.. leftOut.Select(item => $"{item.Key}: {item.Value}")],
            };
        }
        finally
        {
            if (temporary is not null)
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static EmotionProbeReport Probe(
        RavdessUtterance[] utterances, IReadOnlyList<string> classes, BrewClipModel model, FeatureCache? frames,
        BrewClipProbeOptions options,
        IProgress<(string Stage, ProbeProgress Progress)>? progress, CancellationToken cancellation)
    {
        var probe = new EmotionProbe(utterances, classes);
        var embedder = new UtteranceEmbedder(utterances, model.Backbone, frames);
        long[] seeds = [.. Enumerable.Range(0, options.Seeds).Select(seed => (long)seed)];
        List<ProbeResult> published = [], folded = [];
        if (options.Linear is { } linear)
        {
            var vectors = Vectors(embedder, model.Network, utterances.Length, progress, cancellation);
            ProbeResult Run(IReadOnlyList<RavdessFold> folds) => probe.Run(
                LinearName, training => new LinearProbe(vectors, training, classes.Count), linear, folds, seeds,
                Stage(progress, LinearName), cancellation);
            published.Add(Run([EmotionProbe.PublishedSplit]));
            folded.AddRange(options.Folds == 0 ? [] : [Run(RavdessFolds.Create(options.Folds))]);
        }

        if (options.FineTuned is { } fineTuned)
        {
            published.Add(probe.Run(
                FineTunedName, _ => new FineTunedProbe(Copy(model), embedder.Embed, model.Dimensions, classes.Count), fineTuned,
                [EmotionProbe.PublishedSplit], seeds, Stage(progress, FineTunedName), cancellation));
        }

        return new EmotionProbeReport(utterances.Length, published, folded);
    }

    private static FeatureCache? OpenFrames(BrewClipModel model, string folder)
    {
        if (!model.Config.HasAcoustic)
        {
            return null;
        }

        string whisper = model.Backbone.WhisperFolder
            ?? throw new InvalidOperationException(
                "This model's Whisper was handed over as an object: frames cannot be kept under its name.");
        string identity = FrozenFeatureCaches.IdentityIn(ContentHash.OfModel(whisper), model.Backbone.Whisper.Encoder.Type);
        return FeatureCache.Open(folder, FrameCaching.Kind, identity, FrameCaching.Options(model.Config.MaskPadding, States(model)));
    }

    private static RavdessUtterance[] Readable(
        RavdessUtterance[] utterances, BrewClipModel model, FeatureCache? frames, Dictionary<string, string> leftOut,
        IProgress<(string Stage, ProbeProgress Progress)>? progress, CancellationToken cancellation)
    {
        if (frames is null)
        {
            return utterances;
        }

        FrameCaching.Run(
            utterances, frames, model.Backbone.Whisper.Encoder, model.Config.MaskPadding, batch: 8,
            (path, reason) => leftOut[path] = reason,
            progress is null ? null : new Recordings(progress, utterances.Length), cancellation, States(model));
        RavdessUtterance[] readable = [.. utterances.Where(utterance => !leftOut.ContainsKey(utterance.AudioPath!))];
        return readable.Length > 0
            ? readable
            : throw new InvalidDataException($"None of {utterances.Length} recordings can be read; the first: {leftOut.First().Value}");
    }

    private static int States(BrewClipModel model) => model.Network.MixesStates ? model.Backbone.Whisper.Config.EncoderLayers + 1 : 1;

    private static List<float[]> Vectors(
        UtteranceEmbedder embedder, BrewClipNetwork network, int count,
        IProgress<(string Stage, ProbeProgress Progress)>? progress, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        var vectors = new List<float[]>(count);
        foreach (int[] chunk in Enumerable.Range(0, count).Chunk(Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var rows = nn.functional.normalize(embedder.Embed(network, chunk), dim: -1).cpu();
            float[] values = rows.data<float>().ToArray();
            vectors.AddRange(values.Chunk(values.Length / chunk.Length));
            progress?.Report(("embeddings", new ProbeProgress(vectors.Count, count)));
        }

        return vectors;
    }

    // Every seed starts from the trained weights, and the model itself stays as it is.
    private static BrewClipNetwork Copy(BrewClipModel model)
    {
        var copy = new BrewClipNetwork(model.Config, model.Backbone.Clip, model.Backbone.Whisper.Config);
        copy.to(model.Network.OuterLogitScale.device);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var target = copy.state_dict();
        foreach (var (name, value) in model.Network.state_dict())
        {
            target[name].copy_(value);
        }

        return copy;
    }

    private static StageReport? Stage(IProgress<(string Stage, ProbeProgress Progress)>? progress, string stage) =>
        progress is null ? null : new StageReport(progress, stage);

    private sealed class StageReport(IProgress<(string Stage, ProbeProgress Progress)> progress, string stage) : IProgress<ProbeProgress>
    {
        public void Report(ProbeProgress value) => progress.Report((stage, value));
    }

    private sealed class Recordings(IProgress<(string Stage, ProbeProgress Progress)> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(("encoder frames", new ProbeProgress(value, total)));
    }
}
