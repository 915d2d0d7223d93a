using System.Buffers.Binary;

namespace BrewClip.Core.Images;

/// <summary>Walks the marker segments of a JPEG (ISO/IEC 10918-1 annex B) as far as the first scan.</summary>
internal static class JpegHeaderReader
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, Application1 = 0xE1, Temporary = 0x01;

    /// <summary>
    /// The most pixels that one byte of entropy-coded data can stand for: a Huffman-coded block costs at least one bit, and sampling
    /// factors of at most 4×4 spread it over at most 1024 pixels.
    /// </summary>
    private const long MaxPixelsPerByte = 8 * 1024;

    public static bool HasSignature(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= 3 && encoded[0] == 0xFF && encoded[1] == StartOfImage && encoded[2] == 0xFF;

    public static ImageHeader Read(ReadOnlySpan<byte> encoded, string name) => ReadUpToScan(encoded, name, out _);

    /// <summary>Whether an end-of-image marker follows the start of the first scan; without one the file is truncated.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> encoded, string name)
    {
        _ = ReadUpToScan(encoded, name, out int scan);
        ReadOnlySpan<byte> end = [0xFF, EndOfImage];
        return encoded[scan..].IndexOf(end) >= 0;
    }

    /// <summary>
    /// How chroma is stored; null where there are not three components, or not two of them alike and no finer than the first.
    /// </summary>
    public static JpegChroma? FindChroma(ReadOnlySpan<byte> encoded, string name)
    {
        int position = 2;
        while (NextMarker(encoded, ref position, name) is byte marker && marker != StartOfScan)
        {
            if (IsStandalone(marker))
            {
                continue;
            }

            int start = position - 2;
            ReadOnlySpan<byte> frame = Segment(encoded, position, name);
            position += frame.Length + 2;
            if (IsStartOfFrame(marker))
            {
                return frame.Length >= 15 && frame[5] == 3 && frame[10] == frame[13] ? Chroma(start, frame[7], frame[10]) : null;
            }
        }

        return null;
    }

    /// <summary>Sampling factors are the samples per unit across, in the high half of a byte, and down.</summary>
    private static JpegChroma? Chroma(int start, int luma, int chroma)
    {
        var (across, down) = (chroma >> 4, chroma & 0xF);
        return across > 0 && down > 0
            && luma >> 4 >= across && (luma & 0xF) >= down && (luma >> 4) % across == 0 && (luma & 0xF) % down == 0
            ? new JpegChroma(start, (luma >> 4) / across, (luma & 0xF) / down)
            : null;
    }

    private static ImageHeader ReadUpToScan(ReadOnlySpan<byte> encoded, string name, out int position)
    {
        (int Width, int Height)? size = null;
        int orientation = ExifOrientation.Upright;
        position = 2;
        while (NextMarker(encoded, ref position, name) is byte marker && marker != StartOfScan)
        {
            if (marker is EndOfImage)
            {
                throw new InvalidDataException($"'{name}' is a JPEG without a scan: it holds no pixels.");
            }

            if (IsStandalone(marker))
            {
                continue;
            }

            ReadOnlySpan<byte> segment = Segment(encoded, position, name);
            position += segment.Length + 2;
            if (IsStartOfFrame(marker))
            {
                size = FrameSize(segment, name);
            }
            else if (marker == Application1 && ExifOrientation.FromJpegSegment(segment) is int tag)
            {
                orientation = tag;
            }
        }

        var (width, height) = size
            ?? throw new InvalidDataException($"'{name}' is a JPEG whose scan comes before its frame header: it is corrupt.");
        return new ImageHeader(ImageFileFormat.Jpeg, width, height, orientation);
    }

    /// <summary>Refuses a file that is too short for the pixels that its header promises, before they are allocated.</summary>
    public static void RequirePlausibleLength(ReadOnlySpan<byte> encoded, ImageHeader header, string name)
    {
        if (header.PixelCount / MaxPixelsPerByte > encoded.Length)
        {
            throw new InvalidDataException(
                $"'{name}' says {header.Width}×{header.Height} pixels but has only {encoded.Length} bytes: it is truncated or corrupt.");
        }
    }

    private static byte NextMarker(ReadOnlySpan<byte> encoded, ref int position, string name)
    {
        // Decoders skip stray bytes between segments, and any number of 0xFF may pad a marker.
        while (position < encoded.Length && encoded[position] != 0xFF)
        {
            position++;
        }

        while (position < encoded.Length && encoded[position] == 0xFF)
        {
            position++;
        }

        if (position >= encoded.Length)
        {
            throw Truncated(name);
        }

        return encoded[position++];
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> encoded, int position, string name)
    {
        if (position + 2 > encoded.Length)
        {
            throw Truncated(name);
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(encoded[position..]);
        if (length < 2 || position + length > encoded.Length)
        {
            throw Truncated(name);
        }

        return encoded.Slice(position + 2, length - 2);
    }

    private static (int Width, int Height) FrameSize(ReadOnlySpan<byte> segment, string name)
    {
        if (segment.Length < 6)
        {
            throw Truncated(name);
        }

        if (segment[0] != 8)
        {
            throw new InvalidDataException($"'{name}' is a JPEG with {segment[0]} bits per sample: only 8 are supported.");
        }

        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        ImageHeader.RequirePixels(width, height, name);
        return (width, height);
    }

    /// <summary>SOF0 to SOF15, without DHT, JPG and DAC, which share their range.</summary>
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsStandalone(byte marker) => marker is 0 or Temporary or (>= 0xD0 and <= StartOfImage);

    private static InvalidDataException Truncated(string name) => new($"'{name}' is a JPEG whose header is truncated or corrupt.");
}
