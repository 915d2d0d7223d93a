using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BrewClip.Core.Audio;

/// <summary>
/// Finds the samples of a WAV among its chunks, as real files have them: chunks of any kind before and after the data (FLLR, LIST, bext,
/// _PMX), a data size larger than the file, sizes left at 0 or 0xFFFFFFFF by a writer that could not seek back, RF64, odd chunks with and
/// without their padding byte. Shared by every decoder, so that all read the same samples.
/// </summary>
internal sealed class RiffReader
{
    // No real fmt chunk comes near; a larger claim must not be allocated.
    private const int MaxFormatBytes = 1024;
    private const uint UnknownSize = 0xFFFFFFFF;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly uint _riffSize;
    private long? _dataSize64;
    private byte[]? _format;
    private (long Start, long Length)? _data;

    private RiffReader(Stream stream, string name, uint riffSize)
    {
        _stream = stream;
        _name = name;
        _riffSize = riffSize;
    }

    /// <summary>Whether the stream starts as a little-endian WAV does. Its position is back at 0 afterwards.</summary>
    public static bool IsWave(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        bool isRiff = read >= 4 && (head[..4].SequenceEqual("RIFF"u8) || head[..4].SequenceEqual("RF64"u8));
        return isRiff && (read < head.Length || head[8..].SequenceEqual("WAVE"u8));
    }

    /// <summary>Finds format and samples.</summary>
    /// <param name="stream">A stream for which <see cref="IsWave"/> holds.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="wave">Null where the encoding is one that only a decoder of whole RIFF files can read.</param>
    /// <exception cref="InvalidDataException">The chunks are damaged, or one of fmt and data is missing.</exception>
    public static bool TryLocate(Stream stream, string name, [NotNullWhen(true)] out WaveData? wave)
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw new InvalidDataException($"'{name}' ends after {stream.Length} bytes, inside its RIFF header.");
        }

        var reader = new RiffReader(stream, name, BinaryPrimitives.ReadUInt32LittleEndian(head[4..]));
        reader.WalkChunks();
        wave = reader.Assemble();
        return wave is not null;
    }

    private void WalkChunks()
    {
        Span<byte> head = stackalloc byte[8];
        long position = 12;
        while ((_format is null || _data is null) && position + head.Length <= _stream.Length)
        {
            _stream.Position = position;
            _stream.ReadExactly(head);
            long start = position + head.Length;
            long size = ReadChunk(head[..4], BinaryPrimitives.ReadUInt32LittleEndian(head[4..]), start);
            position = AfterChunk(start + size);
        }
    }

    /// <summary>Takes from the chunk what is needed and returns its size as far as it is real.</summary>
    private long ReadChunk(ReadOnlySpan<byte> id, uint claimed, long start)
    {
        long remaining = _stream.Length - start;
        if (id.SequenceEqual("data"u8))
        {
            long size = Math.Min(DataSize(claimed, remaining), remaining);
            _data ??= (start, size);
            return size;
        }

        if (id.SequenceEqual("fmt "u8) && _format is null)
        {
            _format = ReadBytes("fmt", claimed, remaining);
        }
        else if (id.SequenceEqual("ds64"u8))
        {
            byte[] sizes = ReadBytes("ds64", claimed, remaining);
            _dataSize64 = sizes.Length >= 16 ? BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8)) : null;
        }

        return claimed;
    }

    private byte[] ReadBytes(string chunk, uint claimed, long remaining)
    {
        if (claimed > remaining || claimed > MaxFormatBytes)
        {
            throw new InvalidDataException(
                $"'{_name}' has a {chunk} chunk that claims {claimed} bytes where {remaining} are left: it is damaged.");
        }

        var bytes = new byte[claimed];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private long DataSize(uint claimed, long remaining)
    {
        if (claimed == UnknownSize)
        {
            return _dataSize64 is >= 0 and long size ? size : remaining;
        }

        // A writer that never came back to fill its sizes in leaves both at zero.
        return claimed == 0 && _riffSize == 0 ? remaining : claimed;
    }

    /// <summary>Chunks are padded to an even size, which some writers forget.</summary>
    private long AfterChunk(long end)
    {
        if ((end & 1) == 0 || end + 4 > _stream.Length)
        {
            return end + (end & 1);
        }

        Span<byte> next = stackalloc byte[4];
        _stream.Position = end;
        _stream.ReadExactly(next);
        bool isUnpadded = next.SequenceEqual("data"u8) || next.SequenceEqual("fmt "u8)
            || next.SequenceEqual("LIST"u8) || next.SequenceEqual("fact"u8);
        return isUnpadded ? end : end + 1;
    }

    private WaveData? Assemble()
    {
        if (_format is null)
        {
            throw new InvalidDataException($"'{_name}' has no fmt chunk: it is damaged or cut short.");
        }

        if (_data is not var (start, length))
        {
            throw new InvalidDataException($"'{_name}' has no data chunk: it is damaged or cut short.");
        }

        if (WaveFormat.Parse(_format, _name) is not WaveFormat format)
        {
            return null;
        }

        return new WaveData(_name, format, new StreamWindow(_stream, start, length - length % format.BytesPerFrame));
    }
}
