using System.Buffers;
using System.IO.Compression;

namespace BrewClip.Core.Images;

/// <summary>
/// Reads PNG (W3C PNG, third edition) into RGB. Gamma, colour profiles and backgrounds are ignored, as the reference preprocessing does.
/// </summary>
internal static class PngReader
{
    /// <summary>
    /// Deflate cannot expand data by more than this factor (RFC 1951: 258 bytes in two bits), so a larger promise is a lie.
    /// </summary>
    private const long MaxExpansion = 1032;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool HasSignature(ReadOnlySpan<byte> encoded) => encoded.StartsWith(Signature);

    public static ImageHeader ReadHeader(ReadOnlySpan<byte> encoded, string name)
    {
        var chunks = new PngChunks(encoded, name);
        PngImageHeader header = ReadImageHeader(ref chunks, name);
        int orientation = ExifOrientation.Upright;
        for (chunks.MoveNext(); !chunks.Type.SequenceEqual("IDAT"u8) && !chunks.Type.SequenceEqual("IEND"u8); chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("eXIf"u8))
            {
                orientation = ExifOrientation.FromTiff(chunks.Data) ?? orientation;
            }
        }

        return new ImageHeader(ImageFileFormat.Png, header.Width, header.Height, orientation);
    }

    /// <summary>Decodes the pixels; the caller has checked the header against its pixel limit.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> encoded, string name)
    {
        byte[] compressed = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            var (header, expander, length) = Gather(encoded, compressed, name);
            RequirePlausibleLength(header, length, name);
            byte[] pixels = GC.AllocateUninitializedArray<byte>(header.Width * header.Height * 3);
            using var inflated = new ZLibStream(new MemoryStream(compressed, 0, length, writable: false), CompressionMode.Decompress);
            ReadPasses(inflated, header, expander, pixels, name);
            return pixels;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    private static PngImageHeader ReadImageHeader(ref PngChunks chunks, string name)
    {
        chunks.MoveNext();
        if (!chunks.Type.SequenceEqual("IHDR"u8) || chunks.Data.Length != PngImageHeader.Length)
        {
            throw new InvalidDataException($"'{name}' is a PNG that does not start with a header chunk: it is corrupt.");
        }

        chunks.RequireIntact();
        return PngImageHeader.Parse(chunks.Data, name);
    }

    /// <summary>Collects the header, the palette and the compressed rows, which may be spread over many chunks.</summary>
    private static (PngImageHeader Header, PngRowExpander Expander, int Length) Gather(
        ReadOnlySpan<byte> encoded, byte[] compressed, string name)
    {
        var chunks = new PngChunks(encoded, name);
        PngImageHeader header = ReadImageHeader(ref chunks, name);
        ReadOnlySpan<byte> palette = default;
        int length = 0;
        for (chunks.MoveNext(); !chunks.Type.SequenceEqual("IEND"u8); chunks.MoveNext())
        {
            if (chunks.IsCritical)
            {
                chunks.RequireIntact();
            }

            if (chunks.Type.SequenceEqual("IDAT"u8))
            {
                chunks.Data.CopyTo(compressed.AsSpan(length));
                length += chunks.Data.Length;
            }
            else if (chunks.Type.SequenceEqual("PLTE"u8))
            {
                palette = chunks.Data;
            }
            else if (chunks.IsCritical)
            {
                throw new InvalidDataException(
                    $"'{name}' is a PNG with a critical chunk '{chunks.TypeName}' that is unknown: it cannot be shown faithfully.");
            }
        }

        if (header.ColorType == PngColorType.Palette && (palette.Length % 3 != 0 || palette.Length is 0 or > 768))
        {
            throw new InvalidDataException(
                $"'{name}' is a PNG with a palette of {palette.Length} bytes, where 3 to 768 are needed: it is corrupt.");
        }

        return (header, new PngRowExpander(header, palette, name), length);
    }

    private static void RequirePlausibleLength(PngImageHeader header, int length, string name)
    {
        if ((header.RowBytes(header.Width) + 1) * header.Height / MaxExpansion > length)
        {
            throw new InvalidDataException(
                $"'{name}' says {header.Width}×{header.Height} pixels but has only {length} bytes of them: it is truncated or corrupt.");
        }
    }

    private static void ReadPasses(Stream inflated, PngImageHeader header, PngRowExpander expander, Span<byte> pixels, string name)
    {
        int capacity = checked((int)header.RowBytes(header.Width) + 1);
        byte[] rows = ArrayPool<byte>.Shared.Rent(capacity * 2);
        try
        {
            foreach (PngPass pass in header.Interlaced ? PngPass.Adam7 : PngPass.Whole)
            {
                ReadPass(inflated, header, pass, expander, rows, pixels, name);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    private static void ReadRow(Stream inflated, Span<byte> row, int y, PngImageHeader header, string name)
    {
        int read;
        try
        {
            read = inflated.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"'{name}' is a PNG whose compressed data is corrupt at row {y} of {header.Height}.", damaged);
        }

        if (read < row.Length)
        {
            throw new InvalidDataException($"'{name}' is a PNG whose pixels end at row {y} of {header.Height}: it is truncated.");
        }
    }

    private static void ReadPass(
        Stream inflated, PngImageHeader header, PngPass pass, PngRowExpander expander, byte[] rows, Span<byte> pixels, string name)
    {
        int width = pass.Columns(header.Width);
        int length = (int)header.RowBytes(width) + 1;
        if (width == 0)
        {
            return;
        }

        Span<byte> current = rows.AsSpan(0, length);
        Span<byte> above = rows.AsSpan(length, length);
        above.Clear();
        for (int y = pass.FirstRow; y < header.Height; y += pass.RowStep)
        {
            ReadRow(inflated, current, y, header, name);
            if (!PngFilter.Undo(current[0], current[1..], above[1..], header.FilterDistance))
            {
                throw new InvalidDataException($"'{name}' is a PNG with row filter {current[0]}, where 0 to 4 are defined: it is corrupt.");
            }

            Span<byte> destination = pixels.Slice((y * header.Width + pass.FirstColumn) * 3);
            expander.Expand(current[1..], destination, width, pass.ColumnStep);
            Span<byte> restored = current;
            current = above;
            above = restored;
        }
    }
}
