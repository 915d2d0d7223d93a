using BrewClip.Data;
using BrewClip.Data.Loading;
using BrewClip.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training;

/// <summary>Vectors whose sum a linear layer learns; every fifth cannot be loaded where that is asked for.</summary>
internal sealed class VectorSource(int count = 40, bool damaged = false) : IExampleSource<float[]>
{
    public const int Width = 6;

    public int Count => count;

    public string NameOf(int index) => $"vector {index}";

    public string GroupOf(int index) => $"{index / 4}";

    public long LengthOf(int index) => index % 7;

    public float[] Load(int index, DeterministicRandom random)
    {
        if (damaged && index % 5 == 0)
        {
            throw new InvalidDataException($"vector {index} is damaged.");
        }

        return [.. Enumerable.Range(0, Width).Select(i => MathF.Sin(index * 3 + i) + (float)random.NextDouble() * 0.01f)];
    }
}

/// <summary>The smallest task with dropout, so that resuming must bring back libtorch's random numbers too.</summary>
internal sealed class QuadraticTask : ITrainingTask<float[]>, IDisposable
{
    private readonly Sequential _model;

    public QuadraticTask()
    {
        manual_seed(7).Dispose();
        _model = nn.Sequential(nn.Linear(VectorSource.Width, 8), nn.Linear(8, 1));
        Parameters = [.. _model.named_parameters()];
    }

    public string Name => "quadratic";

    public string Fingerprint => "quadratic 8";

    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    public TrainingMetric Metric { get; } = new("error", HigherIsBetter: false);

    public Func<long, double>? Evaluation { get; init; }

    public Action<int>? BeforeBackward { get; init; }

    public int Calls { get; private set; }

    public IReadOnlyDictionary<string, double> Backward(IReadOnlyList<IReadOnlyList<float[]>> parts)
    {
        Calls++;
        BeforeBackward?.Invoke(Calls);
        using var scope = NewDisposeScope();
        var inputs = Stack([.. parts.SelectMany(part => part)]);
        var outputs = _model.call(nn.functional.dropout(inputs, 0.2, true));
        var loss = (outputs.squeeze(1) - inputs.sum(1)).pow(2).mean();
        loss.backward();
        return new Dictionary<string, double> { ["loss"] = loss.item<float>() };
    }

    public IReadOnlyDictionary<string, double> Evaluate(CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var inputs = Stack([[1, 2, 3, 4, 5, 6]]);
        double error = Math.Abs(_model.call(inputs).item<float>() - 21);
        return new Dictionary<string, double> { ["error"] = Evaluation?.Invoke(Calls) ?? error };
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "calls.txt"), $"{Calls}");
    }

    public float[] Weights()
    {
        using var scope = NewDisposeScope();
        return [.. Parameters.SelectMany(item => item.Parameter.detach().data<float>().ToArray())];
    }

    public void Dispose() => _model.Dispose();

    private static Tensor Stack(IReadOnlyList<float[]> rows) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Count, VectorSource.Width]);
}
