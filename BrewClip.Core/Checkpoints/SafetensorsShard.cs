using System.IO.MemoryMappedFiles;

namespace BrewClip.Core.Checkpoints;

/// <summary>One mapped safetensors file whose header has been checked.</summary>
internal sealed unsafe class SafetensorsShard : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    public SafetensorsShard(string path)
    {
        Path = path;
        Header = SafetensorsHeader.Read(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            _map = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    public string Path { get; }

    public SafetensorsHeader Header { get; }

    /// <summary>Bytes of the file. The span must not outlive the shard.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int length)
    {
        byte* pointer = Acquire();
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        return new ReadOnlySpan<byte>(pointer + offset, length);
    }

    /// <summary>Converts <paramref name="destination"/>.Length elements; the mapping is kept for as long as that takes, even if another
    /// thread disposes.</summary>
    public void ReadFloat32(SafetensorsType type, long offset, Span<float> destination)
    {
        byte* pointer = Acquire();
        try
        {
            // Converted in blocks so that a float64 tensor of more than 2^28 elements stays within a span's length.
            const int Block = 1 << 24;
            int bytesPerElement = type.BitsPerElement() / 8;
            for (int start = 0; start < destination.Length; start += Block)
            {
                int count = Math.Min(Block, destination.Length - start);
                var source = new ReadOnlySpan<byte>(pointer + offset + (long)start * bytesPerElement, count * bytesPerElement);
                Float32Conversion.ToFloat32(type, source, destination.Slice(start, count));
            }
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private byte* Acquire()
    {
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + _view.PointerOffset;
    }
}
