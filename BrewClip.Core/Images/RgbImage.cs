using System.Buffers;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Dependencies;

namespace BrewClip.Core.Images;

/// <summary>An image of 8-bit red, green and blue. Immutable and thread-safe as long as the array it was made from is left alone.</summary>
public sealed class RgbImage
{
    /// <summary>The most bytes that an encoded image may have.</summary>
    public const int MaxEncodedBytes = 1 << 30;

    /// <summary>The most pixels along one side, so that the memory a resize takes has a bound.</summary>
    public const int MaxSide = 1 << 20;

    private static readonly IImageDecoder _decoder = ImageDecoding.CreateDecoder();
    private readonly byte[] _pixels;

    /// <summary>Wraps pixels; the array is not copied and belongs to the image from here on.</summary>
    /// <param name="width">Pixels per row, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaxSide"/>.</param>
    /// <param name="pixels">Height × width × 3 bytes: rows from the top, red, green, blue.</param>
    /// <exception cref="ArgumentException">A side is out of range, or the array's length is not 3 · width · height.</exception>
    public RgbImage(int width, int height, byte[] pixels)
        : this(width, height, pixels, ExifOrientation.Upright)
    {
    }

    private RgbImage(int width, int height, byte[] pixels, int orientation)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        if (pixels.Length != 3L * width * height)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes were given for {width}×{height} RGB pixels, which take {3L * width * height}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Orientation = orientation;
        _pixels = pixels;
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>
    /// The EXIF orientation of these pixels, 1 to 8: 1 if they stand upright, which includes every image it was applied to.
    /// </summary>
    public int Orientation { get; }

    /// <summary>Height × width × 3 bytes: rows from the top, red, green, blue.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>
    /// Reads a JPEG or PNG file. Alpha is dropped without blending, gray becomes three equal channels, CMYK is converted as Pillow does.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits and orientation; the defaults where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no decodable image, is damaged, or is larger than the options allow; or it is no
    /// file but a pipe, a device or a folder.</exception>
    public static RgbImage Load(string path, ImageDecodingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no image file '{path}'.", path);
        }

        using var stream = RegularFile.OpenRead(path, bufferSize: 0);
        return Load(stream, path, options);
    }

    /// <summary>Reads a JPEG or PNG from the stream's position to its end; the stream is not disposed.</summary>
    /// <param name="stream">The encoded image.</param>
    /// <param name="name">What to call the image in an exception's message.</param>
    /// <param name="options">Limits and orientation; the defaults where null.</param>
    /// <exception cref="InvalidDataException">The data is no decodable image, is damaged, or is larger than the options allow.</exception>
    public static RgbImage Load(Stream stream, string name = "stream", ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (expected > MaxEncodedBytes)
        {
            throw TooLong(name);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max((int)expected + 1, 64 * 1024));
        try
        {
            int length = ReadToEnd(stream, ref buffer, name);
            return Decode(buffer.AsSpan(0, length), name, options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Decodes a JPEG or PNG that is already in memory.</summary>
    /// <param name="encoded">The whole encoded image.</param>
    /// <param name="name">What to call the image in an exception's message.</param>
    /// <param name="options">Limits and orientation; the defaults where null.</param>
    /// <exception cref="InvalidDataException">The data is no decodable image, is damaged, or is larger than the options allow.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> encoded, string name = "image", ImageDecodingOptions? options = null)
    {
        options ??= ImageDecodingOptions.Default;
        ImageHeader header = ImageHeader.Read(encoded, name);
        header.RequireWithin(options.MaxPixels, name);
        byte[] pixels = header.Format == ImageFileFormat.Png
            ? PngReader.Decode(encoded, name)
            : DecodeJpeg(encoded, header, options.AllowDamagedData, name);
        var image = new RgbImage(header.Width, header.Height, pixels, header.Orientation);
        return options.ApplyOrientation ? ExifOrientation.Apply(image, header.Orientation) : image;
    }

    private static byte[] DecodeJpeg(ReadOnlySpan<byte> encoded, ImageHeader header, bool allowDamagedData, string name)
    {
        if (!allowDamagedData)
        {
            JpegHeaderReader.RequirePlausibleLength(encoded, header, name);
        }

        byte[] pixels = GC.AllocateUninitializedArray<byte>((int)header.PixelCount * 3);
        _decoder.DecodeJpeg(encoded, header, allowDamagedData, name, pixels);
        return pixels;
    }

    private static int ReadToEnd(Stream stream, ref byte[] buffer, string name)
    {
        int length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is int read and > 0)
        {
            length += read;
            if (length > MaxEncodedBytes)
            {
                throw TooLong(name);
            }

            if (length == buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, MaxEncodedBytes + 1));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        return length;
    }

    private static InvalidDataException TooLong(string name) =>
        new($"'{name}' has more than {MaxEncodedBytes} bytes: no image of that size is read.");
}
