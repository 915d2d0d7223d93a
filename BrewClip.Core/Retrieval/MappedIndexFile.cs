using System.IO.MemoryMappedFiles;
using BrewClip.Core.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace BrewClip.Core.Retrieval;

/// <summary>A read-only mapping that stays until the last reader that entered has left, even if it was disposed meanwhile.</summary>
internal sealed unsafe class MappedIndexFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private int _disposed;

    public MappedIndexFile(FileStream stream)
    {
        _path = stream.Name;
        _handle = stream.SafeFileHandle;
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + _view.PointerOffset;
    }

    public byte* Start { get; }

    public long Length { get; }

    /// <summary>Keeps the mapping until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The index was disposed.</exception>
    /// <exception cref="InvalidDataException">The file has been cut short since it was opened.</exception>
    public Lease Enter()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, typeof(EmbeddingIndex));
        MappedFile.RequireWhole(_handle, Length, _path);
        bool entered = false;
        _view.SafeMemoryMappedViewHandle.DangerousAddRef(ref entered);
        return new Lease(_view);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }

    /// <summary>A reader's stay. The default value, for an index in memory, keeps nothing.</summary>
    internal readonly struct Lease(MemoryMappedViewAccessor? view) : IDisposable
    {
        public void Dispose() => view?.SafeMemoryMappedViewHandle.DangerousRelease();
    }
}
