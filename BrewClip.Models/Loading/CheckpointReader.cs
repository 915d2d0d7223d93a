using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Models.Loading;

/// <summary>
/// Reads a checkpoint's parameters into the memory of a network, block by block, converting the element type on the way. Nothing else of
/// their size is held.
/// </summary>
internal sealed class CheckpointReader : IDisposable
{
    // What is read straight into a parameter is read by all processors, and still in the cache when it is checked.
    private const int StagedElements = 1 << 19, DirectElements = 1 << 21;

    // The largest finite float16.
    private const float LargestHalf = 65504;

    private readonly ModelLoadingOptions _options;
    private readonly (string Path, long Length, DateTime Written)[] _files;
    private readonly SafetensorsFile _file;

    public CheckpointReader(string path, ModelLoadingOptions options)
    {
        _options = options;
        using (var first = SafetensorsFile.Open(path))
        {
            _files = Versions(first);
        }

        // What is read from here on is surely of the version just noted, or of a later one, which is noticed in the end.
        _file = SafetensorsFile.Open(path);
    }

    public SafetensorsFile File => _file;

    /// <summary>Fills every tensor of <paramref name="state"/> that <paramref name="plan"/> finds in the file.</summary>
    public void Fill(CheckpointPlan plan, IReadOnlyDictionary<string, Tensor> state, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var staging = empty(StagedElements, dtype: ScalarType.Float32);
        long done = 0, total = plan.ElementCount;
        foreach (var parameter in plan.Stored)
        {
            cancellation.ThrowIfCancellationRequested();
            if (parameter.Transposed)
            {
                FillTransposed(parameter, state[parameter.Name]);
            }
            else
            {
                FillInBlocks(parameter, state[parameter.Name], staging, cancellation);
            }

            done += parameter.Tensor.ElementCount;
            _options.Progress?.Report((double)done / total);
        }

        RequireSameVersions();
    }

    public void Dispose() => _file.Dispose();

    private void FillInBlocks(StoredParameter parameter, Tensor destination, Tensor staging, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var flat = destination.view(-1);
        bool direct = flat.dtype == ScalarType.Float32 && flat.device_type == DeviceType.CPU;
        int block = direct ? DirectElements : StagedElements;
        long count = flat.shape[0];
        for (long start = 0; start < count; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(block, count - start);
            using var target = flat.narrow(0, start, length);
            using var source = direct ? target.alias() : staging.narrow(0, 0, length);
            Read(parameter, parameter.Start + start, MemoryMarshal.Cast<byte, float>(source.bytes));
            if (!direct)
            {
                target.copy_(source);
            }
        }
    }

    // Only OpenAI's two small projections of CLIP are stored so.
    private void FillTransposed(StoredParameter parameter, Tensor destination)
    {
        using var scope = NewDisposeScope();
        var stored = empty([.. parameter.Tensor.Shape], dtype: ScalarType.Float32);
        Read(parameter, parameter.Start, MemoryMarshal.Cast<byte, float>(stored.bytes));
        destination.copy_(stored.transpose(0, 1));
    }

    private void Read(StoredParameter parameter, long start, Span<float> destination)
    {
        _file.ReadFloat32(parameter.Tensor.Name, start, destination);
        Check(parameter, destination);
    }

    // A file may have been written to in place meanwhile: a network must not be half of one and half of the other.
    private void RequireSameVersions()
    {
        if (!_files.SequenceEqual(Versions(_file)))
        {
            throw new IOException($"'{_file.Path}' was replaced while it was being loaded: load it again.");
        }
    }

    private static (string Path, long Length, DateTime Written)[] Versions(SafetensorsFile file) =>
    [
        .. file.Tensors.Values.Select(tensor => tensor.File).Distinct(StringComparer.Ordinal)
            .Select(path => new FileInfo(path)).Select(info => (info.FullName, info.Length, info.LastWriteTimeUtc)),
    ];

    private void Check(StoredParameter parameter, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty || (!_options.CheckFinite && _options.Type != ScalarType.Float16))
        {
            return;
        }

        float largest = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(values));
        if (_options.CheckFinite && !float.IsFinite(largest))
        {
            string what = float.IsNaN(largest) ? "a value that is no number" : "an infinite value";
            throw new InvalidDataException(
                $"'{parameter.Tensor.File}' holds {what} in {parameter.Tensor.Name}: the checkpoint is damaged.");
        }

        if (_options.Type == ScalarType.Float16 && largest > LargestHalf)
        {
            throw new InvalidDataException(
                $"'{parameter.Tensor.File}' holds {largest} in {parameter.Tensor.Name}, beyond what float16 can hold: "
                + "load it as bfloat16 or float32.");
        }
    }
}
