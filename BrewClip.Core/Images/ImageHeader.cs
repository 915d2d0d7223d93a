namespace BrewClip.Core.Images;

/// <summary>What an encoded image says of itself before its pixels; reading it decodes nothing.</summary>
/// <param name="Format">The container.</param>
/// <param name="Width">Pixels per row as stored, 1 or more.</param>
/// <param name="Height">Rows as stored, 1 or more.</param>
/// <param name="Orientation">The EXIF orientation, 1 (upright) to 8; 1 where the file has no valid one.</param>
public readonly record struct ImageHeader(ImageFileFormat Format, int Width, int Height, int Orientation)
{
    private const int NameableBytes = 4;

    /// <summary>Width times height.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>Reads the header of an encoded image.</summary>
    /// <param name="encoded">The whole file, or at least everything before its pixels.</param>
    /// <param name="name">What to call the image in an exception's message.</param>
    /// <exception cref="InvalidDataException">The data is empty, of another format, truncated within the header, or 0 pixels
    /// large.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> encoded, string name)
    {
        if (encoded.IsEmpty)
        {
            throw new InvalidDataException($"'{name}' is empty: an image was expected.");
        }

        if (PngReader.HasSignature(encoded))
        {
            return PngReader.ReadHeader(encoded, name);
        }

        if (JpegHeaderReader.HasSignature(encoded))
        {
            return JpegHeaderReader.Read(encoded, name);
        }

        string start = Convert.ToHexString(encoded[..Math.Min(NameableBytes, encoded.Length)]);
        throw new InvalidDataException($"'{name}' is neither JPEG nor PNG (it starts with the bytes {start}): convert it to one of these.");
    }

    internal static void RequirePixels(int width, int height, string name)
    {
        if (width == 0 || height == 0)
        {
            throw new InvalidDataException($"'{name}' is {width}×{height} pixels: there is nothing to decode.");
        }
    }

    internal void RequireWithin(long maxPixels, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        long bytes = PixelCount * 3;
        if (PixelCount > maxPixels || bytes > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{name}' is {Width}×{Height} pixels, more than the limit of {Math.Min(maxPixels, Array.MaxLength / 3)}: "
                + $"reduce the image, or raise {nameof(ImageDecodingOptions)}.{nameof(ImageDecodingOptions.MaxPixels)} if it is trusted.");
        }

        if (Width > RgbImage.MaxSide || Height > RgbImage.MaxSide)
        {
            throw new InvalidDataException($"'{name}' is {Width}×{Height} pixels: a side may have at most {RgbImage.MaxSide}.");
        }
    }
}
