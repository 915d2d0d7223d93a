using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace BrewClip.Core.Checkpoints;

/// <summary>One mapped safetensors file whose header has been checked.</summary>
internal sealed unsafe class SafetensorsShard : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long _length;

    public SafetensorsShard(string path)
    {
        Path = path;

        // Opened once: the header that was checked is that of the bytes that are mapped, whatever takes the path meanwhile.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            _length = stream.Length;
            Header = SafetensorsHeader.Read(path, stream);
            _file = stream.SafeFileHandle;
            _map = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _map?.Dispose();
            stream.Dispose();
            throw;
        }
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
        MappedFile.RequireWhole(_file, _length, Path);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + _view.PointerOffset;
    }
}
