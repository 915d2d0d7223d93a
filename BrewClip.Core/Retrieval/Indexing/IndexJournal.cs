using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// What a run has encoded so far, batch by batch, so that a run that is killed loses one batch at most (docs/formats.md). A batch that was
/// not written whole is dropped when the journal is read.
/// </summary>
internal sealed class IndexJournal : IDisposable
{
    private const int Version = 1;
    private const int FixedHeader = 20;
    private const int FixedRecord = 8;
    private const int MaxText = 1 << 20;
    private static readonly byte[] _magic = "BREWJRNL"u8.ToArray();

    private readonly FileStream _stream;
    private readonly int _dimensions;

    private IndexJournal(FileStream stream, int dimensions, string model)
    {
        (_stream, _dimensions, Model) = (stream, dimensions, model);
    }

    /// <summary>The length of its vectors.</summary>
    public int Dimensions => _dimensions;

    /// <summary>Which model's vectors it holds.</summary>
    public string Model { get; }

    /// <summary>Opens a journal, or starts one if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">The length of a new journal's vectors.</param>
    /// <param name="model">Which model a new journal is for.</param>
    /// <exception cref="InvalidDataException">The file is no journal, or is damaged where no kill can have damaged it.</exception>
    public static IndexJournal Open(string path, int dimensions, string model)
    {
        if (!File.Exists(path))
        {
            AtomicFile.WriteAllBytes(path, Header(dimensions, model));
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        try
        {
            var (storedDimensions, storedModel) = ReadHeader(stream, path);
            return new IndexJournal(stream, storedDimensions, storedModel);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The items of all whole batches from the first on; afterwards the journal ends behind the last of them.</summary>
    public IEnumerable<JournalItem> Replay()
    {
        long end = _stream.Position;
        while (ReadBatch() is { } batch)
        {
            end = _stream.Position;
            foreach (var item in batch)
            {
                yield return item;
            }
        }

        _stream.SetLength(end);
        _stream.Position = end;
    }

    /// <summary>Adds a batch and puts it onto the disk: when the journal is read again it is there whole or not at all.</summary>
    public void Append(IReadOnlyCollection<JournalItem> batch)
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(batch.Count);
        foreach (var item in batch)
        {
            byte[] id = Encoding.UTF8.GetBytes(item.Id), metadata = Encoding.UTF8.GetBytes(item.Metadata);
            writer.Write(id.Length);
            writer.Write(metadata.Length);
            writer.Write(id);
            writer.Write(metadata);
            foreach (float value in item.Vector.Span)
            {
                writer.Write(value);
            }
        }

        writer.Flush();
        var bytes = payload.GetBuffer().AsSpan(0, (int)payload.Length);
        Span<byte> start = stackalloc byte[FixedRecord];
        BinaryPrimitives.WriteInt32LittleEndian(start, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start[4..], default(Crc32C).Append(bytes).Value);
        _stream.Write(start);
        _stream.Write(bytes);
        _stream.Flush(flushToDisk: true);
    }

    public void Dispose() => _stream.Dispose();

    private static byte[] Header(int dimensions, string model)
    {
        byte[] name = Encoding.UTF8.GetBytes(model);
        byte[] header = new byte[FixedHeader + name.Length + sizeof(uint)];
        _magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), dimensions);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), name.Length);
        name.CopyTo(header, FixedHeader);
        uint checksum = default(Crc32C).Append(header.AsSpan(0, FixedHeader)).Append(name).Value;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(FixedHeader + name.Length), checksum);
        return header;
    }

    private static (int Dimensions, string Model) ReadHeader(FileStream stream, string path)
    {
        byte[] start = new byte[FixedHeader];
        int read = stream.ReadAtLeast(start, FixedHeader, throwOnEndOfStream: false);
        int nameLength = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(16));
        bool plausible = read == FixedHeader && start.AsSpan(0, 8).SequenceEqual(_magic) && nameLength is >= 0 and <= MaxText;
        byte[] rest = new byte[plausible ? nameLength + sizeof(uint) : 0];
        plausible = plausible && stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) == rest.Length
            && default(Crc32C).Append(start).Append(rest.AsSpan(0, nameLength)).Value
                == BinaryPrimitives.ReadUInt32LittleEndian(rest.AsSpan(nameLength));
        if (!plausible)
        {
            throw new InvalidDataException($"'{path}' is damaged: it is not the journal of an indexing run.");
        }

        int dimensions = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12));
        if (dimensions is < 1 or > EmbeddingIndex.MaxDimensions)
        {
            throw new InvalidDataException($"'{path}' is damaged: it says vectors of {dimensions} dimensions.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        return version == Version
            ? (dimensions, Encoding.UTF8.GetString(rest, 0, nameLength))
            : throw new InvalidDataException($"'{path}' is a journal of version {version}; this program reads version {Version}.");
    }

    private List<JournalItem>? ReadBatch()
    {
        Span<byte> start = stackalloc byte[FixedRecord];
        if (_stream.ReadAtLeast(start, FixedRecord, throwOnEndOfStream: false) < FixedRecord)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(start);
        if (length < sizeof(int) || length > _stream.Length - _stream.Position)
        {
            return null;
        }

        byte[] payload = new byte[length];
        _stream.ReadExactly(payload);
        return default(Crc32C).Append(payload).Value == BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) ? ParseBatch(payload) : null;
    }

    private List<JournalItem>? ParseBatch(ReadOnlySpan<byte> payload)
    {
        int count = TakeInt32(ref payload);
        int vectorBytes = _dimensions * sizeof(float);
        var items = new List<JournalItem>();
        for (int i = 0; i < count; i++)
        {
            if (payload.Length < 2 * sizeof(int))
            {
                return null;
            }

            int idLength = TakeInt32(ref payload), metadataLength = TakeInt32(ref payload);
            if (idLength is <= 0 or > MaxText
                || metadataLength is < 0 or > MaxText || payload.Length < idLength + metadataLength + vectorBytes)
            {
                return null;
            }

            items.Add(new JournalItem(
                Encoding.UTF8.GetString(payload[..idLength]),
                Encoding.UTF8.GetString(payload.Slice(idLength, metadataLength)),
                MemoryMarshal.Cast<byte, float>(payload.Slice(idLength + metadataLength, vectorBytes)).ToArray()));
            payload = payload[(idLength + metadataLength + vectorBytes)..];
        }

        return items;
    }

    private static int TakeInt32(ref ReadOnlySpan<byte> bytes)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[sizeof(int)..];
        return value;
    }
}
