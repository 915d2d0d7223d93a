using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace BrewClip.Core.Checkpoints;

/// <summary>One mapped safetensors file whose header has been checked.</summary>
internal sealed unsafe class SafetensorsShard : IDisposable
{
    /// <summary>Elements that one processor reads before it takes the next: 2 MiB of float32.</summary>
    public const int PartElements = 1 << 19;

    /// <summary>Elements of other types that wait to be converted: few enough to still be in the cache.</summary>
    private const int StagedElements = 1 << 15;

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

    /// <summary>Reads and converts <paramref name="destination"/>.Length elements, many of them on all processors; the file is kept
    /// open for as long as that takes, even if another thread disposes.</summary>
    /// <remarks>
    /// Read, not copied from the mapping: that would fault in every page of the file once more, count it as this process's memory, and end
    /// the process where the file is cut meanwhile or the disk fails. Parts go to all processors because most of the time goes to the
    /// destination's fresh pages and to copying, of which one processor does not exhaust the memory.
    /// </remarks>
    public void ReadFloat32(SafetensorsType type, long offset, Span<float> destination)
    {
        bool held = false;
        try
        {
            _file.DangerousAddRef(ref held);
            fixed (float* first = destination)
            {
                int parts = (int)(((long)destination.Length + PartElements - 1) / PartElements);
                if (parts <= 1)
                {
                    ReadPart(type, offset, first, destination.Length);
                    return;
                }

                ReadParts(type, offset, (nint)first, destination.Length, parts);
            }
        }
        finally
        {
            if (held)
            {
                _file.DangerousRelease();
            }
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
    }

    private void ReadParts(SafetensorsType type, long offset, nint first, int count, int parts)
    {
        int bytesPerElement = type.BitsPerElement() / 8;
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
            {
                int start = part * PartElements;
                ReadPart(type, offset + (long)start * bytesPerElement, (float*)first + start, Math.Min(PartElements, count - start));
            });
        }
        catch (AggregateException exception)
        {
            // Whoever reads is told what happened, as where one processor reads.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private void ReadPart(SafetensorsType type, long offset, float* destination, int count)
    {
        if (type == SafetensorsType.Float32)
        {
            ReadBytes(offset, new Span<byte>((byte*)destination, checked(count * sizeof(float))));
            return;
        }

        int bytesPerElement = type.BitsPerElement() / 8;
        byte[] stored = ArrayPool<byte>.Shared.Rent(Math.Min(count, StagedElements) * bytesPerElement);
        try
        {
            for (int start = 0; start < count; start += StagedElements)
            {
                int length = Math.Min(StagedElements, count - start);
                Span<byte> block = stored.AsSpan(0, length * bytesPerElement);
                ReadBytes(offset + (long)start * bytesPerElement, block);
                Float32Conversion.ToFloat32(type, block, new Span<float>(destination + start, length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    private void ReadBytes(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_file, destination, offset);
            if (read == 0)
            {
                throw MappedFile.Cut(_file, _length, Path);
            }

            offset += read;
            destination = destination[read..];
        }
    }

    private byte* Acquire()
    {
        MappedFile.RequireWhole(_file, _length, Path);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + _view.PointerOffset;
    }
}
