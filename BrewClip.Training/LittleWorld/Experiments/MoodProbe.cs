using System.Numerics.Tensors;
using BrewClip.Data.LittleWorld;
using BrewClip.Models.Brew;
using BrewClip.Training.Probes;
using static TorchSharp.torch;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// Does a vector carry how something was said (paper, section 5 and Table 3)? A speaker's mood from utterances about figures, by voices
/// that were not trained on. No caption words a mood, so that a reader of words has nothing to go by.
/// </summary>
/// <param name="training">The corpus to train on.</param>
/// <param name="test">The corpus to test on.</param>
/// <param name="towers">The frozen models.</param>
/// <param name="caches">What they computed.</param>
internal sealed class MoodProbe(ExperimentCorpus training, ExperimentCorpus test, ExperimentTowers towers, ExperimentCaches caches)
{
    // Fixed beforehand: no test utterance chose when to stop. The layer's rate lies between the paper's and that of the nano recipes.
    private static readonly ProbeTrainingOptions _linear = ProbeTrainingOptions.Linear with { Epochs = 30 };
    private static readonly ProbeTrainingOptions _layer = ProbeTrainingOptions.Acoustic with { Epochs = 8, LearningRate = 5e-4 };

    private readonly ExperimentCorpus[] _parts = [Figures(training), Figures(test)];
    private IReadOnlyList<EncoderFrames>? _frames;
    private IReadOnlyList<float[]>? _logMels;

    /// <summary>Trains a probe and tests it.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="seed">Decides its weights and the order of the examples.</param>
    /// <param name="model">The trained model that it looks into; null where it looks into none. The caller keeps it.</param>
    /// <param name="cancellation">Checked at every step.</param>
    public MoodMeasurement Run(MoodProbeKind kind, int seed, BrewClipModel? model, CancellationToken cancellation)
    {
        int[] labels = [.. _parts.SelectMany(part => part.Captions.Select(caption => (int)part.Moods[caption.ImageId]))];
        int[] learnt = [.. Enumerable.Range(0, _parts[0].Captions.Count)];
        int[] tested = [.. Enumerable.Range(learnt.Length, _parts[1].Captions.Count)];
        manual_seed(seed).Dispose();
        using var probe = Create(kind, model, learnt, cancellation);
        var how = kind.Features == MoodFeatures.Layer ? _layer : _linear;
        ProbeTraining.Train(probe, labels, learnt, how, (ulong)seed, cancellation: cancellation);
        return new MoodMeasurement(
            test.Name, [.. tested.Select(example => labels[example])], ProbeTraining.Predict(probe, tested, cancellation),
            [.. _parts[1].Captions.Select(caption => caption.Speaker ?? "")]);
    }

    private ProbeModel Create(MoodProbeKind kind, BrewClipModel? model, int[] learnt, CancellationToken cancellation)
    {
        int classes = Enum.GetValues<Mood>().Length;
        if (kind.Features == MoodFeatures.Layer)
        {
            return new AcousticProbe(Frames(cancellation), Layer(model), towers.Backbone.Clip.Config.EmbeddingSize, classes);
        }

        IReadOnlyList<float[]> vectors = kind.Features switch
        {
            MoodFeatures.LogMel => _logMels ??= new LogMelPooling(towers.Backbone.Whisper.Config.MelBins)
                .Compute([.. _parts.SelectMany(part => part.Captions).Select(caption => caption.AudioPath!)], cancellation),
            MoodFeatures.Frames => [.. Frames(cancellation).Select(frames => FramePooling.Mean.Pool(frames))],
            _ => [.. _parts.SelectMany(part => Embeddings(model!, part, cancellation))],
        };
        return new LinearProbe(vectors, learnt, classes);
    }

    private IEnumerable<float[]> Embeddings(BrewClipModel model, ExperimentCorpus part, CancellationToken cancellation)
    {
        var embedder = new CachedEmbedder(model, caches);
        return CachedEmbedder.Fuse(
            model.Config.HasPipeline ? embedder.Texts(caches.TextsOf(part, cancellation), cancellation) : null,
            model.Config.HasAcoustic ? embedder.Acoustic(part, cancellation) : null).Select(Normalise);
    }

    private static float[] Normalise(float[] vector)
    {
        var normalised = new float[vector.Length];
        TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm<float>(vector), 1e-12f), normalised);
        return normalised;
    }

    private IReadOnlyList<EncoderFrames> Frames(CancellationToken cancellation) => _frames ??=
    [
        .. _parts.SelectMany(part =>
        {
            var cache = caches.Frames(part, validOnly: true, cancellation);
            return part.Captions.Select(caption =>
            {
                var frames = CachedEmbedder.FramesOf(cache, caption);
                var values = new Half[frames.Values.Length];
                TensorPrimitives.ConvertToHalf(frames.Values, values);
                return new EncoderFrames(values, frames.Rows, frames.Width);
            });
        }),
    ];

    // The shape of brewclip-nano's; from a trained model also its weights, without the prompts.
    private AcousticBranch Layer(BrewClipModel? model)
    {
        var backbone = towers.Backbone;
        var config = ExperimentMethod.Full.ToConfig("-", "-");
        var branch = new AcousticBranch(new AcousticBranchConfig
        {
            AudioWidth = backbone.Whisper.Config.Width,
            Width = backbone.Clip.Config.Text.HiddenSize,
            ProjectFrames = true,
            EmbeddingWidth = backbone.Clip.Config.EmbeddingSize,
            Layers = config.AcousticLayers,
            Heads = config.AcousticAttentionHeads,
            FeedForward = config.AcousticFeedForward,
            Dropout = config.AcousticDropout,
        });
        if (model is not null)
        {
            const string Prefix = "acoustic.";
            using var scope = NewDisposeScope();
            branch.load_state_dict(model.Network.state_dict()
                .Where(item => item.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .ToDictionary(item => item.Key[Prefix.Length..], item => item.Value));
        }

        return branch;
    }

    private static ExperimentCorpus Figures(ExperimentCorpus corpus) =>
        corpus with { Captions = [.. corpus.Captions.Where(caption => corpus.Moods.ContainsKey(caption.ImageId))] };
}
