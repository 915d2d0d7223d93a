using BrewClip.Data;
using BrewClip.Training.Schedules;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Training.Probes;

/// <summary>Trains a probe by cross-entropy for a fixed number of passes, so that no test example decides when to stop.</summary>
public static class ProbeTraining
{
    private const int PredictionBatch = 32;

    /// <summary>Trains in place.</summary>
    /// <param name="model">The probe.</param>
    /// <param name="labels">The class of every example.</param>
    /// <param name="training">Positions of the examples to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Decides the order of the examples. Dropout draws from libtorch's own generator, which the caller seeds.</param>
    /// <param name="progress">Told after every pass.</param>
    /// <param name="cancellation">Checked at every step.</param>
    /// <returns>The mean loss of the last pass.</returns>
    public static double Train(
        ProbeModel model, IReadOnlyList<int> labels, IReadOnlyList<int> training, ProbeTrainingOptions options, ulong seed,
        IProgress<ProbeProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        int stepsPerEpoch = (training.Count + options.BatchSize - 1) / options.BatchSize;
        int steps = options.Epochs * stepsPerEpoch;
        var schedule =
            new WarmupLinearDecay { PeakRate = options.LearningRate, FinalRate = 0, WarmupSteps = steps / 10, TotalSteps = steps };
        Parameter[] parameters = [.. model.parameters()];
        using var optimizer = optim.Adam(parameters, options.LearningRate, weight_decay: options.WeightDecay);
        model.train();
        int step = 0;
        double loss = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            int[] order = [.. training];
            DeterministicRandom.For(seed, "probe", $"{epoch}").Shuffle<int>(order);
            loss = 0;
            foreach (int[] batch in order.Chunk(options.BatchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                optimizer.ParamGroups.First().LearningRate = schedule.RateAt(step++);
                loss += Step(model, labels, batch, optimizer, parameters, options.ClipNorm) * batch.Length / order.Length;
            }

            progress?.Report(new ProbeProgress(epoch + 1, options.Epochs));
        }

        return loss;
    }

    /// <summary>The most probable class of each example; of equal ones the first.</summary>
    public static int[] Predict(ProbeModel model, IReadOnlyList<int> examples, CancellationToken cancellation = default)
    {
        using var noGrad = no_grad();
        model.eval();
        var predicted = new List<int>(examples.Count);
        foreach (int[] batch in examples.Chunk(PredictionBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            predicted.AddRange(model.Logits(batch).argmax(1).data<long>().Select(index => (int)index));
        }

        return [.. predicted];
    }

    private static double Step(
        ProbeModel model, IReadOnlyList<int> labels, int[] batch, optim.Optimizer optimizer, Parameter[] parameters, double clipNorm)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var targets = tensor(batch.Select(example => (long)labels[example]).ToArray());
        var loss = F.cross_entropy(model.Logits(batch), targets);
        loss.backward();
        nn.utils.clip_grad_norm_(parameters, clipNorm);
        optimizer.step();
        double value = loss.item<float>();
        return double.IsFinite(value)
            ? value
            : throw new ArithmeticException($"The probe's loss is {value}: lower the learning rate.");
    }
}
