using BrewClip.Data.Ravdess;
using BrewClip.Training.Evaluation;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>
/// Does a vector carry how something was said? Emotion recognition on RAVDESS (paper, section 5 and Table 3), where every class says the
/// same two sentences, over speakers that were not trained on.
/// </summary>
/// <param name="utterances">The recordings, in the order of the examples of every probe.</param>
/// <param name="classes">The classes' names.</param>
public sealed class EmotionProbe(IReadOnlyList<RavdessUtterance> utterances, IReadOnlyList<string> classes)
{
    private readonly int[] _labels = [.. utterances.Select(utterance => utterance.Class)];

    /// <summary>The authors' division: actors 1 to 18 to train on, 19 to 24 to test on.</summary>
    public static RavdessFold PublishedSplit { get; } = new([.. Enumerable.Range(1, 18)], [.. Enumerable.Range(19, 6)]);

    /// <summary>Trains and tests a probe once for each seed and fold.</summary>
    /// <param name="name">What the result is called.</param>
    /// <param name="create">Makes a fresh probe; given the positions that it will be trained on, for its standardisation.</param>
    /// <param name="options">How it is trained.</param>
    /// <param name="folds">Which actors train and test; each is run with each seed.</param>
    /// <param name="seeds">Seeds of weights, order and dropout.</param>
    /// <param name="progress">Told after every pass over the data, over all runs.</param>
    /// <param name="cancellation">Checked at every step.</param>
    /// <exception cref="ArgumentException">A fold has nothing to train or to test on, or a speaker is in both parts.</exception>
    public ProbeResult Run(
        string name, Func<IReadOnlyList<int>, ProbeModel> create, ProbeTrainingOptions options, IReadOnlyList<RavdessFold> folds,
        IReadOnlyList<long> seeds, IProgress<ProbeProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (folds.Count == 0 || seeds.Count == 0)
        {
            throw new ArgumentException(
                $"{folds.Count} folds and {seeds.Count} seeds are given: at least one of each is needed.", nameof(folds));
        }

        var accuracies = new double[seeds.Count];
        var hits = new Dictionary<int, double>();
        List<int> truth = [], predictions = [];
        int runs = 0, allEpochs = seeds.Count * folds.Count * options.Epochs;
        for (int i = 0; i < seeds.Count; i++)
        {
            int right = 0, tested = 0;
            foreach (var fold in folds)
            {
                int done = runs++ * options.Epochs;
                var report = progress is null ? null : new PassReport(epoch => progress.Report(new ProbeProgress(done + epoch, allEpochs)));
                var (test, predicted) = Run(create, options, fold, seeds[i], report, cancellation);
                foreach (var (example, index) in test.Zip(predicted))
                {
                    bool isRight = _labels[example] == index;
                    right += isRight ? 1 : 0;
                    hits[example] = hits.GetValueOrDefault(example) + (isRight ? 1.0 / seeds.Count : 0);
                }

                tested += test.Length;
                truth.AddRange(test.Select(example => _labels[example]));
                predictions.AddRange(predicted);
            }

            accuracies[i] = (double)right / tested;
        }

        return Summarise(name, accuracies, hits, new ConfusionMatrix(classes, truth, predictions));
    }

    private (int[] Test, int[] Predicted) Run(
        Func<IReadOnlyList<int>, ProbeModel> create, ProbeTrainingOptions options, RavdessFold fold, long seed,
        IProgress<ProbeProgress>? progress, CancellationToken cancellation)
    {
        int[] train = Examples(fold.Train), test = Examples(fold.Test);
        if (train.Length == 0 || test.Length == 0 || fold.Train.Intersect(fold.Test).Any())
        {
            throw new ArgumentException(
                $"The fold trains on {train.Length} recordings and tests on {test.Length}: both parts need some, and no speaker may be in "
                + "both.");
        }

        manual_seed(seed).Dispose();
        using var model = create(train);
        ProbeTraining.Train(model, _labels, train, options, (ulong)seed, progress, cancellation);
        return (test, ProbeTraining.Predict(model, test, cancellation));
    }

    private int[] Examples(IReadOnlyList<int> actors) =>
        [.. Enumerable.Range(0, utterances.Count).Where(i => actors.Contains(utterances[i].Fields.Actor))];

    private ProbeResult Summarise(string name, double[] accuracies, Dictionary<int, double> hits, ConfusionMatrix confusion)
    {
        int[] tested = [.. hits.Keys.Order()];
        double[] shares = [.. tested.Select(example => hits[example])];
        double mean = accuracies.Average();
        return new ProbeResult
        {
            Name = name,
            Accuracies = accuracies,
            Deviation = accuracies.Length < 2
                ? 0
                : Math.Sqrt(accuracies.Sum(value => (value - mean) * (value - mean)) / (accuracies.Length - 1)),
            OverRecordings = BootstrapInterval.Compute(shares),
            OverSpeakers = BootstrapInterval.ComputeClustered(shares, [.. tested.Select(example => utterances[example].Speaker!)]),
            Confusion = confusion,
        };
    }

    private sealed class PassReport(Action<int> report) : IProgress<ProbeProgress>
    {
        public void Report(ProbeProgress value) => report(value.Done);
    }
}
