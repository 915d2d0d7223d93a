using System.Collections.ObjectModel;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// A memory-mapped safetensors checkpoint: one file, or the shards that a <c>model.safetensors.index.json</c> lists.
/// Headers, shapes and offsets are checked on opening, before any of them is trusted.
/// </summary>
/// <remarks>
/// Reads are thread-safe. After <see cref="Dispose"/> every read throws <see cref="ObjectDisposedException"/>, and spans from
/// <see cref="GetBytes(string)"/> must no longer be used. Of a file that another process has cut short while it was open, what is gone is
/// refused with <see cref="InvalidDataException"/>, by a read that is under way too; one that is cut while a span of
/// <see cref="GetBytes(string)"/> is in use ends the process. Replacing a file by a rename, as <see cref="AtomicFile"/> does, is safe.
/// <c>ReadFloat32</c> reads large tensors on all processors and leaves nothing of the file in this process's memory.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    /// <summary>The file name that the hub gives a model stored in one file.</summary>
    public const string SingleFileName = "model.safetensors";

    private readonly Dictionary<string, SafetensorsShard> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _tensors;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private bool _disposed;

    private SafetensorsFile(string path, Func<SafetensorsFile, Dictionary<string, TensorInfo>> open)
    {
        Path = path;
        try
        {
            _tensors = open(this);
        }
        catch
        {
            Dispose();
            throw;
        }

        Tensors = new ReadOnlyDictionary<string, TensorInfo>(_tensors);
        Metadata = new ReadOnlyDictionary<string, string>(_metadata);
    }

    /// <summary>The file or index that was opened.</summary>
    public string Path { get; }

    /// <summary>Every tensor by name. Of a sharded model: those that its index lists.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; of a sharded model all shards' together, the first shard to name a key
    /// deciding.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Opens a <c>*.safetensors</c> file, an index (<c>*.json</c>), or a folder that holds <c>model.safetensors</c> or, failing that,
    /// <c>model.safetensors.index.json</c>.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file, the folder holds neither, or a shard is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it and the fault.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string file = Directory.Exists(path) ? FindIn(path) : path;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no checkpoint '{file}'.", file);
        }

        return file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? new SafetensorsFile(file, self => self.OpenIndex(file))
            : new SafetensorsFile(file, self => self.OpenShard(file).Header.Tensors);
    }

    /// <summary>True when <see cref="Tensors"/> has <paramref name="name"/>.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>The raw little-endian bytes of a tensor, not copied. The span must not be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="InvalidOperationException">The tensor takes more than 2 GiB: read parts with
    /// <see cref="GetBytes(string, long, int)"/>.</exception>
    public ReadOnlySpan<byte> GetBytes(string name)
    {
        var tensor = Find(name);
        if (tensor.ByteLength > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"Tensor '{name}' of '{tensor.File}' takes {tensor.ByteLength} bytes, more than one span holds: read it in parts.");
        }

        return GetBytes(name, 0, (int)tensor.ByteLength);
    }

    /// <summary>A part of a tensor's bytes, not copied. The span must not be used after <see cref="Dispose"/>.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="offset">First byte, counted from the tensor's own start.</param>
    /// <param name="length">Number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the tensor.</exception>
    public ReadOnlySpan<byte> GetBytes(string name, long offset, int length)
    {
        var tensor = Find(name);
        if (offset < 0 || length < 0 || offset > tensor.ByteLength - length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), $"Bytes {offset} to {offset + length} are outside tensor '{name}' of {tensor.ByteLength} bytes.");
        }

        return _shards[tensor.File].Bytes(tensor.Offset + offset, length);
    }

    /// <summary>A tensor as float32, row-major; F16, BF16, F64, the 8-bit floats, integers and booleans are converted.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="NotSupportedException">The stored type has no float32 reading (F4, F6, C64).</exception>
    /// <exception cref="InvalidOperationException">The tensor has more elements than an array: read it in parts.</exception>
    public float[] ReadFloat32(string name)
    {
        var tensor = Find(name);
        if (tensor.ElementCount > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"Tensor '{name}' of '{tensor.File}' has {tensor.ElementCount} elements, more than one array holds: read it in parts.");
        }

        Float32Conversion.ThrowIfUnsupported(tensor);
        var values = new float[tensor.ElementCount];
        ReadFloat32(name, 0, values);
        return values;
    }

    /// <summary>A whole tensor as float32 into <paramref name="destination"/>, whose length must be the tensor's.</summary>
    /// <inheritdoc cref="ReadFloat32(string)"/>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter or longer than the tensor.</exception>
    public void ReadFloat32(string name, Span<float> destination)
    {
        var tensor = Find(name);
        if (tensor.ElementCount != destination.Length)
        {
            throw new ArgumentException(
                $"Tensor '{name}' {tensor.ShapeText} has {tensor.ElementCount} elements; the destination has room for "
                + $"{destination.Length}.", nameof(destination));
        }

        ReadFloat32(name, 0, destination);
    }

    /// <summary>A part of a tensor as float32: the elements from <paramref name="start"/> that fill
    /// <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the tensor.</exception>
    /// <exception cref="NotSupportedException">The stored type has no float32 reading (F4, F6, C64).</exception>
    public void ReadFloat32(string name, long start, Span<float> destination)
    {
        var tensor = Find(name);
        Float32Conversion.ThrowIfUnsupported(tensor);
        if (start < 0 || start > tensor.ElementCount - destination.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start), $"Elements {start} to {start + destination.Length} are outside tensor '{name}' of {tensor.ElementCount}.");
        }

        int bytesPerElement = tensor.Type.BitsPerElement() / 8;
        _shards[tensor.File].ReadFloat32(tensor.Type, tensor.Offset + start * bytesPerElement, destination);
    }

    /// <summary>Unmaps the files. Reads in progress on other threads finish first.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var shard in _shards.Values)
        {
            shard.Dispose();
        }
    }

    private static string FindIn(string folder)
    {
        string single = System.IO.Path.Combine(folder, SingleFileName);
        string index = System.IO.Path.Combine(folder, SafetensorsIndex.FileName);
        return File.Exists(single) ? single
            : File.Exists(index) ? index
            : throw new FileNotFoundException($"'{folder}' holds neither {SingleFileName} nor {SafetensorsIndex.FileName}.", single);
    }

    private Dictionary<string, TensorInfo> OpenIndex(string index)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(index))!;
        var tensors = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        foreach (var (name, shardName) in SafetensorsIndex.Read(index))
        {
            string path = System.IO.Path.Combine(folder, shardName);
            if (!_shards.TryGetValue(path, out var shard))
            {
                shard = File.Exists(path)
                    ? OpenShard(path)
                    : throw new FileNotFoundException(
                        $"'{index}' places tensor '{name}' in '{shardName}', which is not beside it: the model is incomplete.", path);
            }

            tensors[name] = shard.Header.Tensors.TryGetValue(name, out var tensor)
                ? tensor
                : throw new InvalidDataException($"'{index}' places tensor '{name}' in '{shardName}', which has no such tensor.");
        }

        return tensors;
    }

    private SafetensorsShard OpenShard(string path)
    {
        var shard = new SafetensorsShard(path);
        _shards.Add(path, shard);
        foreach (var (key, value) in shard.Header.Metadata)
        {
            _metadata.TryAdd(key, value);
        }

        return shard;
    }

    private TensorInfo Find(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new KeyNotFoundException($"'{Path}' has no tensor '{name}'; it holds {_tensors.Count} others.");
    }
}
