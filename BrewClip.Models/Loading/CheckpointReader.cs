using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Models.Loading;

/// <summary>Copies a checkpoint's parameters into the memory of a network, block by block, converting the element type on the way.</summary>
/// <remarks>
/// The file is mapped, and mapped pages that were read count as this process's memory until they are unmapped; so the mapping is renewed
/// every so often, and loading never holds much more than the parameters themselves.
/// </remarks>
internal sealed class CheckpointReader : IDisposable
{
    private const int BlockElements = 1 << 19;

    // A mapping is renewed after this many bytes, or this fraction of a large file: opening one again costs about a millisecond.
    private const long LeastBytesBetweenMappings = 8 << 20;
    private const int LargestMappedFraction = 64;

    // The largest finite float16.
    private const float LargestHalf = 65504;

    private readonly ModelLoadingOptions _options;
    private readonly long _bytesBetweenMappings;
    private readonly (string Path, long Length, DateTime Written)[] _files;
    private SafetensorsFile _file;
    private long _bytesRead;

    public CheckpointReader(string path, ModelLoadingOptions options)
    {
        _options = options;
        _file = SafetensorsFile.Open(path);
        long bytes = _file.Tensors.Values.Sum(tensor => tensor.ByteLength);
        _bytesBetweenMappings = Math.Max(LeastBytesBetweenMappings, bytes / LargestMappedFraction);
        _files = Versions();
        try
        {
            // What is mapped from here on is surely of the version just noted.
            Remap();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public SafetensorsFile File => _file;

    /// <summary>Fills every tensor of <paramref name="state"/> that <paramref name="plan"/> finds in the file.</summary>
    public void Fill(CheckpointPlan plan, IReadOnlyDictionary<string, Tensor> state, CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var staging = empty(BlockElements, dtype: ScalarType.Float32);
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
    }

    public void Dispose() => _file.Dispose();

    private void FillInBlocks(StoredParameter parameter, Tensor destination, Tensor staging, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var flat = destination.view(-1);
        bool direct = flat.dtype == ScalarType.Float32 && flat.device_type == DeviceType.CPU;
        long count = flat.shape[0];
        for (long start = 0; start < count; start += BlockElements)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(BlockElements, count - start);
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
        _bytesRead += destination.Length * (parameter.Tensor.ByteLength / Math.Max(1, parameter.Tensor.ElementCount));
        if (_bytesRead >= _bytesBetweenMappings)
        {
            _bytesRead = 0;
            Remap();
        }
    }

    // By its path, under which another file may stand by now: a network must not be half of one and half of the other.
    private void Remap()
    {
        string path = _file.Path;
        _file.Dispose();
        _file = SafetensorsFile.Open(path);
        if (!_files.SequenceEqual(Versions()))
        {
            throw new IOException($"'{path}' was replaced while it was being loaded: load it again.");
        }
    }

    private (string Path, long Length, DateTime Written)[] Versions() =>
    [
        .. _file.Tensors.Values.Select(tensor => tensor.File).Distinct(StringComparer.Ordinal)
            .Select(path => new FileInfo(path)).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)),
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
            throw new InvalidDataException($"'{parameter.Tensor.File}' holds {what} in {parameter.Tensor.Name}: the checkpoint is damaged.");
        }

        if (_options.Type == ScalarType.Float16 && largest > LargestHalf)
        {
            throw new InvalidDataException(
                $"'{parameter.Tensor.File}' holds {largest} in {parameter.Tensor.Name}, beyond what float16 can hold: "
                + "load it as bfloat16 or float32.");
        }
    }
}
