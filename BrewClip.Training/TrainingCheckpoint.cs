using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Data.Loading;
using static TorchSharp.torch;

namespace BrewClip.Training;

/// <summary>Where a run stands, apart from its tensors.</summary>
public sealed record TrainingProgress
{
    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>The loader's next batch.</summary>
    public LoaderPosition Loader { get; init; }

    /// <summary>The best value of the task's metric so far; null before the first evaluation.</summary>
    public double? Best { get; init; }

    /// <summary>The step of that value.</summary>
    public long BestStep { get; init; }

    /// <summary>The step of the last evaluation; 0 before the first.</summary>
    public long EvaluatedStep { get; init; }

    /// <summary>Evaluations since then.</summary>
    public int Unimproved { get; init; }

    /// <summary>Seconds spent on training so far, over all sittings.</summary>
    public double Seconds { get; init; }
}

/// <summary>
/// All that a run needs to go on as if it had not been stopped, in one file that is written beside and renamed: parameters, both moments of
/// each, the state of libtorch's random numbers (the GPUs' follow from the CPU's), and the run's progress.
/// </summary>
public static class TrainingCheckpoint
{
    private const string ParameterLead = "parameter.", MeanLead = "mean.", SquareLead = "square.", RandomName = "random_state";
    private const string ProgressKey = "progress", TaskKey = "task", OptimizerStepKey = "optimizer_step";
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes the checkpoint; on failure the file that was there before stays.</summary>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public static void Save(string path, AdamOptimization optimizer, TrainingProgress progress, string fingerprint)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensors = new List<TensorData> { Data(RandomName, get_rng_state(), SafetensorsType.UInt8) };
        for (int i = 0; i < optimizer.Parameters.Count; i++)
        {
            var (name, parameter) = optimizer.Parameters[i];
            var (mean, square) = optimizer.Moments(i);
            tensors.Add(Data(ParameterLead + name, parameter, TypeOf(parameter)));
            tensors.Add(Data(MeanLead + name, mean, TypeOf(mean)));
            tensors.Add(Data(SquareLead + name, square, TypeOf(square)));
        }

        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            [ProgressKey] = JsonSerializer.Serialize(progress),
            [TaskKey] = fingerprint,
            [OptimizerStepKey] = optimizer.StepCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Brings parameters, optimizer and random numbers back to where the checkpoint was written.</summary>
    /// <returns>The run's progress then.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of another task; nothing was changed then.</exception>
    public static TrainingProgress Load(string path, AdamOptimization optimizer, string fingerprint)
    {
        using var file = SafetensorsFile.Open(path);
        var progress = Check(file, path, optimizer, fingerprint, out long steps);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (int i = 0; i < optimizer.Parameters.Count; i++)
        {
            var (name, parameter) = optimizer.Parameters[i];
            var (mean, square) = optimizer.Moments(i);
            Read(file, ParameterLead + name, parameter);
            Read(file, MeanLead + name, mean);
            Read(file, SquareLead + name, square);
        }

        optimizer.StepCount = steps;
        var random = empty(file.Tensors[RandomName].ElementCount, dtype: ScalarType.Byte);
        Read(file, RandomName, random);
        set_rng_state(random);
        return progress;
    }

    private static TrainingProgress Check(SafetensorsFile file, string path, AdamOptimization optimizer, string fingerprint, out long steps)
    {
        if (!file.Metadata.TryGetValue(ProgressKey, out string? json) || !file.Metadata.TryGetValue(TaskKey, out string? task)
            || !long.TryParse(file.Metadata.GetValueOrDefault(OptimizerStepKey), out steps) || !file.Contains(RandomName))
        {
            throw new InvalidDataException($"'{path}' is no checkpoint of a training run: it lacks the run's progress.");
        }

        if (task != fingerprint)
        {
            throw new InvalidDataException(
                $"'{path}' is of another run ({task}) than this one ({fingerprint}): train in another folder, or without resuming.");
        }

        foreach (var (name, parameter) in optimizer.Parameters)
        {
            foreach (string lead in (string[])[ParameterLead, MeanLead, SquareLead])
            {
                if (!file.Tensors.TryGetValue(lead + name, out var stored)
                    || !stored.Shape.SequenceEqual(parameter.shape) || stored.Type != TypeOf(parameter))
                {
                    throw new InvalidDataException(
                        $"'{path}' lacks {lead}{name} in the shape and type of this run: it is of another model.");
                }
            }
        }

        return JsonSerializer.Deserialize<TrainingProgress>(json)
            ?? throw new InvalidDataException($"'{path}' says nothing of the run's progress.");
    }

    private static SafetensorsType TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => SafetensorsType.Float32,
        ScalarType.Float64 => SafetensorsType.Float64,
        ScalarType.Float16 => SafetensorsType.Float16,
        ScalarType.BFloat16 => SafetensorsType.BFloat16,
        var other => throw new ArgumentException($"Parameters of type {other} cannot be trained: a floating-point type is expected."),
    };

    private static TensorData Data(string name, Tensor tensor, SafetensorsType type) => new(name, type, tensor.shape, stream =>
    {
        using var here = NewDisposeScope();
        tensor.detach().cpu().contiguous().WriteBytesToStream(stream, BufferBytes);
    });

    private static void Read(SafetensorsFile file, string name, Tensor destination)
    {
        using var scope = NewDisposeScope();
        var bytes = file.GetBytes(name);
        var staging = empty(destination.shape, dtype: destination.dtype);
        bytes.CopyTo(staging.bytes);
        destination.detach().copy_(staging);
    }
}
