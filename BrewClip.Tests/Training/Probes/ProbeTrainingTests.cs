using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Probes;

[Collection(SeededGeneratorCollection.Name)]
public sealed class ProbeTrainingTests
{
    private static readonly int[] _all = [.. Enumerable.Range(0, 60)];
    private static readonly int[] _labels = [.. _all.Select(i => i % 3)];

    [Fact]
    public void A_linear_probe_separates_what_a_line_separates_and_chance_stays_chance()
    {
        var random = new DeterministicRandom(1);
        float[][] vectors =
            [.. _labels.Select(label => new[] { label == 0 ? 900f : -900f, label == 1 ? 1e-3f : 0f, (float)random.NextDouble() })];
        float[][] noise = [.. _labels.Select(_ => new[] { (float)random.NextDouble() })];
        Assert.Equal(_labels, Trained(vectors));
        Assert.InRange(Trained(noise).Zip(_labels).Count(pair => pair.First == pair.Second), 10, 40);
    }

    [Fact]
    public void The_acoustic_layer_learns_from_frames_what_their_mean_does_not_tell_and_ignores_padding()
    {
        // The class is where the mark stands, not how large the frames are: their mean is the same.
        EncoderFrames[] frames = [.. _all.Select(i => Marked(_labels[i], length: 6 + i % 4))];
        manual_seed(0).Dispose();
        using var probe = new AcousticProbe(frames, Branch(), 16, 3);
        ProbeTraining.Train(probe, _labels, _all, new ProbeTrainingOptions { Epochs = 60, LearningRate = 3e-3 }, seed: 0);
        int[] predicted = ProbeTraining.Predict(probe, _all);
        Assert.True(predicted.Zip(_labels).Count(pair => pair.First == pair.Second) >= 55);
        Assert.Equal(predicted[0], ProbeTraining.Predict(probe, [0])[0]);
        using var scope = NewDisposeScope();
        var alone = probe.Logits([0]);
        var padded = probe.Logits([0, 3]).narrow(0, 0, 1);
        Assert.True(alone.allclose(padded, 1e-4, 1e-5));
    }

    [Fact]
    public void Options_that_train_nothing_are_refused() => Assert.Throws<ArgumentException>(() => ProbeTraining.Train(
        new LinearProbe([[1f]], [0], 2), [0], [0], new ProbeTrainingOptions { Epochs = 0, LearningRate = 1 }, 0));

    [Fact]
    public void Training_leaves_no_tensors_behind()
    {
        float[][] vectors = [.. _labels.Select(label => new[] { (float)label })];
        Trained(vectors);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Trained(vectors);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static int[] Trained(float[][] vectors)
    {
        manual_seed(0).Dispose();
        using var probe = new LinearProbe(vectors, _all, 3);
        ProbeTraining.Train(probe, _labels, _all, new ProbeTrainingOptions { Epochs = 80, LearningRate = 3e-2 }, seed: 0);
        return ProbeTraining.Predict(probe, _all);
    }

    private static AcousticBranch Branch() => new(new AcousticBranchConfig
    {
        AudioWidth = 4,
        Width = 16,
        ProjectFrames = true,
        EmbeddingWidth = 16,
        Heads = 2,
        FeedForward = 32,
        Dropout = 0,
    });

    // Two channels that go up and down together, apart or not at all.
    private static EncoderFrames Marked(int label, int length)
    {
        var values = new Half[length * 4];
        for (int t = 0; t < length; t++)
        {
            int sign = t % 2 == 0 ? 1 : -1;
            values[t * 4] = (Half)(label == 2 ? 0 : sign);
            values[t * 4 + 1] = (Half)(label switch { 0 => sign, 1 => -sign, _ => 0 });
        }

        return new EncoderFrames(values, length, 4);
    }
}
