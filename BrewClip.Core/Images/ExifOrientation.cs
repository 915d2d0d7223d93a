using System.Buffers.Binary;

namespace BrewClip.Core.Images;

/// <summary>The orientation tag of EXIF 2.32 (tag 0x0112): where it is stored, and what its eight values do to pixels.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;
    private const ushort OrientationTag = 0x0112, ShortType = 3;
    private const int EntrySize = 12;

    /// <summary>The tag of a JPEG APP1 segment; null where the segment is not EXIF or has no valid orientation.</summary>
    public static int? FromJpegSegment(ReadOnlySpan<byte> segment) =>
        segment.StartsWith("Exif\0\0"u8) ? FromTiff(segment[6..]) : null;

    /// <summary>
    /// The tag in a TIFF header with its first directory, which is also the content of a PNG eXIf chunk. Bad data gives null.
    /// </summary>
    public static int? FromTiff(ReadOnlySpan<byte> tiff)
    {
        bool littleEndian = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!littleEndian && !tiff.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        uint directory = ReadUInt32(tiff[4..], littleEndian);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        int count = Math.Min(ReadUInt16(tiff[(int)directory..], littleEndian), entries.Length / EntrySize);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(i * EntrySize, EntrySize);
            if (ReadUInt16(entry, littleEndian) == OrientationTag && ReadUInt16(entry[2..], littleEndian) == ShortType)
            {
                int value = ReadUInt16(entry[8..], littleEndian);
                return value is >= 1 and <= 8 ? value : null;
            }
        }

        return null;
    }

    /// <summary>The pixels turned and mirrored so that an image stored with <paramref name="orientation"/> stands upright.</summary>
    public static RgbImage Apply(RgbImage image, int orientation)
    {
        if (orientation == Upright)
        {
            return image;
        }

        bool swaps = orientation >= 5;
        int width = swaps ? image.Height : image.Width;
        int height = swaps ? image.Width : image.Height;
        byte[] upright = GC.AllocateUninitializedArray<byte>(width * height * 3);
        ReadOnlySpan<byte> stored = image.Pixels;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                var (fromX, fromY) = Source(orientation, x, y, width, height);
                stored.Slice((fromY * image.Width + fromX) * 3, 3).CopyTo(upright.AsSpan((y * width + x) * 3));
            }
        }

        return new RgbImage(width, height, upright);
    }

    private static (int X, int Y) Source(int orientation, int x, int y, int width, int height) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, width - 1 - x),
        7 => (height - 1 - y, width - 1 - x),
        8 => (height - 1 - y, x),
        _ => (x, y),
    };

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
