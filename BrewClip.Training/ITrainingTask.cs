using TorchSharp.Modules;

namespace BrewClip.Training;

/// <summary>What is learned from what: all that a training loop needs to know of a model, its loss and its data.</summary>
/// <typeparam name="TExample">One loaded example; the loop never looks inside.</typeparam>
/// <remarks>Used by one thread. The one who made the model disposes it.</remarks>
public interface ITrainingTask<TExample>
{
    /// <summary>A short name, such as <c>clip-pretraining</c>.</summary>
    string Name { get; }

    /// <summary>What a checkpoint must have in common with this task to be resumed: model shape and objective, as text.</summary>
    string Fingerprint { get; }

    /// <summary>The parameters that learn, each with a unique name.</summary>
    IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>What <see cref="Evaluate"/>'s results are compared by.</summary>
    TrainingMetric Metric { get; }

    /// <summary>Adds the gradients of one step's loss to the parameters.</summary>
    /// <param name="parts">
    /// The step's examples in as many parts as memory asks for; the gradients are those of all of them together.
    /// </param>
    /// <returns>The terms of the loss, <c>loss</c> among them, as numbers.</returns>
    IReadOnlyDictionary<string, double> Backward(IReadOnlyList<IReadOnlyList<TExample>> parts);

    /// <summary>Called after the optimizer's step: where parameters are held in their bounds.</summary>
    void AfterStep()
    {
    }

    /// <summary>Measures the model on held-out data, <see cref="Metric"/> among the results; empty where there is none.</summary>
    IReadOnlyDictionary<string, double> Evaluate(CancellationToken cancellation);

    /// <summary>Writes the model as a folder that loads without this library's training part.</summary>
    void Save(string folder);
}

/// <summary>A measure that decides which weights are best.</summary>
/// <param name="Name">Its name among the results of an evaluation.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
public sealed record TrainingMetric(string Name, bool HigherIsBetter)
{
    /// <summary>Whether a value improves on the best so far; no number never does.</summary>
    public bool Improves(double value, double? best) =>
        !double.IsNaN(value) && (best is not double known || (HigherIsBetter ? value > known : value < known));
}
