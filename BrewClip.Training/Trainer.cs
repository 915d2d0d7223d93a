using System.Diagnostics;
using BrewClip.Data.Loading;
using BrewClip.Training.Logging;
using static TorchSharp.torch;

namespace BrewClip.Training;

/// <summary>
/// The training loop: batches from a loader, gradients from a task, steps of Adam, evaluations, checkpoints and reports. A run that was
/// stopped at any moment goes on from its last checkpoint; on the CPU with the same number of threads it goes on bit for bit.
/// </summary>
/// <remarks>It knows neither images nor sounds. One thread uses it; task, loader and observers stay the caller's.</remarks>
public sealed class Trainer<TExample>
{
    private readonly ITrainingTask<TExample> _task;
    private readonly BatchLoader<TExample> _loader;
    private readonly TrainerOptions _options;
    private readonly IReadOnlyList<ITrainingObserver> _observers;
    private readonly Stopwatch _clock = new();
    private double _secondsBefore;

    /// <summary>Puts the parts of a run together; nothing is done yet.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or nothing learns.</exception>
    public Trainer(
        ITrainingTask<TExample> task, BatchLoader<TExample> loader, TrainerOptions options,
        params IReadOnlyList<ITrainingObserver> observers)
    {
        options.Validate();
        if (task.Parameters.Count == 0)
        {
            throw new ArgumentException($"The task '{task.Name}' has no parameter that learns: there is nothing to train.", nameof(task));
        }

        (_task, _loader, _options, _observers) = (task, loader, options, observers);
    }

    /// <summary>The checkpoint that a run is resumed from.</summary>
    public string CheckpointPath => Path.Combine(_options.Folder, "last.safetensors");

    /// <summary>The folder of the best model so far.</summary>
    public string BestFolder => Path.Combine(_options.Folder, "best");

    /// <summary>Trains until the last step, the end of patience, or cancellation, which saves a checkpoint and returns.</summary>
    /// <param name="cancellation">Heeded between steps and within evaluations.</param>
    /// <exception cref="InvalidDataException">
    /// The folder's checkpoint is damaged or of another run, or no example can be loaded.
    /// </exception>
    /// <exception cref="IOException">A checkpoint cannot be written; the one before is unchanged.</exception>
    /// <exception cref="ArithmeticException">The loss is no finite number; the last checkpoint stays.</exception>
    public TrainingOutcome Run(CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(_options.Folder);
        HeapRetention.Request();
        using var optimizer = _options.Optimizer.Create(_task.Parameters, _options.Schedule.RateAt(0));
        var progress = Begin(optimizer);
        _clock.Restart();
        Tell(observer => observer.Started(new TrainingStart(_task.Name, progress.Step, _options.Steps, _loader.BatchesPerEpoch)));
        var reason = StopReason.Finished;
        try
        {
            progress = EvaluateWhereDue(progress, cancellation);
            while (progress.Step < _options.Steps && !IsOutOfPatience(progress))
            {
                cancellation.ThrowIfCancellationRequested();
                progress = Step(optimizer, progress, cancellation);
                progress = EvaluateWhereDue(progress, cancellation);
                if (IsDue(_options.CheckpointEvery, progress.Step))
                {
                    Save(optimizer, progress);
                }
            }

            reason = IsOutOfPatience(progress) ? StopReason.NoImprovement : StopReason.Finished;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A step is either done with its position, or not begun: the loader's own position may be further ahead.
            reason = StopReason.Cancelled;
        }

        Save(optimizer, progress);
        var outcome = new TrainingOutcome(reason, progress.Step, progress.Best, progress.BestStep, _loader.Skipped);
        Tell(observer => observer.Finished(outcome));
        return outcome;
    }

    private TrainingProgress Begin(AdamOptimization optimizer)
    {
        manual_seed(_options.Seed).Dispose();
        var progress = _options.Resume && File.Exists(CheckpointPath)
            ? TrainingCheckpoint.Load(CheckpointPath, optimizer, _task.Fingerprint)
            : new TrainingProgress();
        _loader.Seek(progress.Loader);
        _secondsBefore = progress.Seconds;
        return progress;
    }

    private TrainingProgress Step(AdamOptimization optimizer, TrainingProgress progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        long before = _clock.ElapsedTicks;
        var parts = new List<IReadOnlyList<TExample>>();
        for (int i = 0; i < _options.AccumulatedBatches; i++)
        {
            parts.Add(_loader.Next(cancellation).Examples);
        }

        long loaded = _clock.ElapsedTicks;
        double rate = _options.Schedule.RateAt(progress.Step);
        optimizer.ZeroGradients();
        DeviceRandomness.FollowCpu();
        var terms = _task.Backward(parts);
        double norm = optimizer.ClipGradients(_options.ClipNorm);
        CheckFinite(terms, norm, progress.Step + 1);
        optimizer.Step(rate);
        _task.AfterStep();
        progress = progress with { Step = progress.Step + 1, Loader = _loader.Position };
        if (IsDue(_options.ReportEvery, progress.Step) || progress.Step == 1)
        {
            var report = new StepReport
            {
                Step = progress.Step,
                Steps = _options.Steps,
                Epoch = progress.Loader.Epoch,
                Rate = rate,
                GradientNorm = norm,
                Terms = terms,
                Examples = parts.Sum(part => part.Count),
                StepSeconds = (double)(_clock.ElapsedTicks - before) / Stopwatch.Frequency,
                WaitingSeconds = (double)(loaded - before) / Stopwatch.Frequency,
                Occupancy = _loader.Occupancy,
                Skipped = _loader.SkippedCount,
                Elapsed = Elapsed,
            };
            Tell(observer => observer.Stepped(report));
        }

        return progress;
    }

    // A run that was cancelled within an evaluation makes up for it when it is resumed.
    private TrainingProgress EvaluateWhereDue(TrainingProgress progress, CancellationToken cancellation)
    {
        bool isDue = IsDue(_options.EvaluateEvery, progress.Step) || progress.Step == _options.Steps;
        return isDue && progress.Step > progress.EvaluatedStep ? Evaluate(progress, cancellation) : progress;
    }

    private TrainingProgress Evaluate(TrainingProgress progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var results = _task.Evaluate(cancellation);
        progress = progress with { EvaluatedStep = progress.Step };
        if (!results.TryGetValue(_task.Metric.Name, out double value))
        {
            return progress;
        }

        bool isBest = _task.Metric.Improves(value, progress.Best);
        if (isBest)
        {
            _task.Save(BestFolder);
        }

        progress = isBest
            ? progress with { Best = value, BestStep = progress.Step, Unimproved = 0 }
            : progress with { Unimproved = progress.Unimproved + 1 };
        Tell(observer => observer.Evaluated(new EvaluationReport(progress.Step, results, isBest, Elapsed)));
        return progress;
    }

    private TimeSpan Elapsed => TimeSpan.FromSeconds(_secondsBefore) + _clock.Elapsed;

    private void Save(AdamOptimization optimizer, TrainingProgress progress) =>
        TrainingCheckpoint.Save(CheckpointPath, optimizer, progress with { Seconds = Elapsed.TotalSeconds }, _task.Fingerprint);

    private void Tell(Action<ITrainingObserver> what)
    {
        foreach (var observer in _observers)
        {
            what(observer);
        }
    }

    private bool IsOutOfPatience(TrainingProgress progress) => _options.Patience is int patience && progress.Unimproved >= patience;

    private static bool IsDue(long every, long step) => every > 0 && step % every == 0;

    private static void CheckFinite(IReadOnlyDictionary<string, double> terms, double norm, long step)
    {
        foreach (var (name, value) in terms)
        {
            if (!double.IsFinite(value))
            {
                throw new ArithmeticException(
                    $"At step {step} '{name}' is {value}: lower the learning rate, or resume from the last checkpoint with another.");
            }
        }

        if (!double.IsFinite(norm))
        {
            throw new ArithmeticException(
                $"At step {step} the gradients' norm is {norm}: lower the learning rate, or resume from the last checkpoint with another.");
        }
    }
}
