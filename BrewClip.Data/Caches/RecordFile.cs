using System.Text;

namespace BrewClip.Data.Caches;

/// <summary>
/// Keys with their contents in a file that only grows: a header with the cache's identity, then one record after another, each with a
/// checksum. What a crash left half written at the end is cut off when the file is opened for writing.
/// </summary>
/// <remarks>
/// Safe for concurrent use within a process; between processes one writes and any number read what was there when they opened.
/// </remarks>
internal sealed class RecordFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecordPlace> _places = new(StringComparer.Ordinal);
    private readonly FileStream? _lock;
    private readonly FileStream? _writer;
    private RecordMapping _mapping;
    private long _end;
    private bool _disposed;

    private RecordFile(string path, FileStream? held, FileStream? writer, RecordMapping mapping, long end)
    {
        (Path, _lock, _writer, _mapping, _end) = (path, held, writer, mapping, end);
    }

    public string Path { get; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _places.Count;
            }
        }
    }

    /// <summary>Opens a file, which is created where it is to be written.</summary>
    /// <exception cref="IOException">Another process writes it, or the disk refuses.</exception>
    /// <exception cref="InvalidDataException">The file is no cache, or of another identity.</exception>
    public static RecordFile Open(string path, string identity, bool readOnly)
    {
        FileStream? held = null, writer = null;
        try
        {
            if (!readOnly)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
                held = Acquire(path);
                writer = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
                if (writer.Length < RecordFormat.HeaderLength(identity))
                {
                    // New, or a crash came before the header was whole.
                    writer.SetLength(0);
                    writer.Write(RecordFormat.Header(identity));
                    writer.Flush(flushToDisk: true);
                }
            }
            else if (!File.Exists(path))
            {
                throw new FileNotFoundException($"There is no cache '{path}'.", path);
            }

            var mapping = new RecordMapping(path);
            var file = new RecordFile(
                path, held, writer, mapping, RecordFormat.CheckHeader(mapping.Bytes(0, mapping.Length), identity, path));
            file.Scan();
            return file;
        }
        catch
        {
            writer?.Dispose();
            held?.Dispose();
            throw;
        }
    }

    public bool Contains(string key)
    {
        lock (_gate)
        {
            RequireOpen();
            return _places.ContainsKey(key);
        }
    }

    /// <summary>A copy of a record's content; null where there is none, or where it was damaged: it can be added anew then.</summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public byte[]? Read(string key)
    {
        lock (_gate)
        {
            RequireOpen();
            if (!_places.TryGetValue(key, out var place))
            {
                return null;
            }

            Map(place.Start + place.Length);
            var record = _mapping.Bytes(place.Start, place.Length);
            if (!RecordFormat.IsIntact(record))
            {
                _places.Remove(key);
                return null;
            }

            return RecordFormat.Content(record).ToArray();
        }
    }

    /// <summary>Appends a record; of a key that is there already the newer one counts.</summary>
    /// <exception cref="InvalidOperationException">The file was opened for reading.</exception>
    /// <exception cref="IOException">The disk is full: the file keeps what it had.</exception>
    public void Append(string key, ReadOnlySpan<byte> content)
    {
        var writer = _writer ?? throw new InvalidOperationException($"The cache '{Path}' was opened for reading alone.");
        byte[] record = RecordFormat.Record(Encoding.UTF8.GetBytes(key), content);
        lock (_gate)
        {
            RequireOpen();
            try
            {
                writer.Position = _end;
                writer.Write(record);
            }
            catch
            {
                writer.SetLength(_end);
                throw;
            }

            _places[key] = new RecordPlace(_end, record.Length);
            _end += record.Length;
        }
    }

    /// <summary>Brings everything to the disk.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            RequireOpen();
            _writer?.Flush(flushToDisk: true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _mapping.Dispose();
                _writer?.Flush(flushToDisk: true);
                _writer?.Dispose();
                _lock?.Dispose();
            }
        }
    }

    // What was mapped is memory no longer: to read it would end the process.
    private void RequireOpen() => ObjectDisposedException.ThrowIf(_disposed, typeof(RecordFile));

    private static FileStream Acquire(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path + ".lock"))
        {
            throw new IOException(
                $"Another process writes the cache '{path}': wait until it is done, or use another cache folder.", exception);
        }
    }

    private void Scan()
    {
        long length = _mapping.Length;
        while (RecordFormat.TryReadFrame(_mapping, _end, out string key, out long size))
        {
            _places[key] = new RecordPlace(_end, checked((int)size));
            _end += size;
        }

        CutDamagedEnd();
        if (_writer is not null && _end < length)
        {
            // A mapped file cannot be cut everywhere.
            _mapping.Dispose();
            _writer.SetLength(_end);
            _mapping = new RecordMapping(Path);
        }
    }

    // A crash can leave the last record's frame whole and its content not.
    private void CutDamagedEnd()
    {
        if (_places.Count == 0)
        {
            return;
        }

        var (key, last) = _places.MaxBy(item => item.Value.Start);
        if (!RecordFormat.IsIntact(_mapping.Bytes(last.Start, last.Length)))
        {
            _places.Remove(key);
            _end = last.Start;
        }
    }

    private void Map(long end)
    {
        if (end > _mapping.Length)
        {
            _mapping.Dispose();
            _mapping = new RecordMapping(Path);
        }
    }

    private readonly record struct RecordPlace(long Start, int Length);
}
