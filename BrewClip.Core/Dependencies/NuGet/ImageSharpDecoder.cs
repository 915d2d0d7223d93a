using BrewClip.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;
using DecoderOptions = SixLabors.ImageSharp.Formats.DecoderOptions;

namespace BrewClip.Core.Dependencies;

/// <summary>
/// JPEG through SixLabors.ImageSharp, whose inverse transform differs from libjpeg's by a few levels of 255; chroma is upsampled as there.
/// </summary>
internal sealed class ImageSharpDecoder : IImageDecoder
{
    private static readonly DecoderOptions _options = new() { MaxFrames = 1 };

    public void DecodeJpeg(ReadOnlySpan<byte> encoded, ImageHeader header, bool allowDamagedData, string name, Span<byte> destination)
    {
        // ImageSharp fills what a truncated file lacks with gray and says nothing, so the end is looked for here.
        if (!allowDamagedData && !JpegHeaderReader.HasEnd(encoded, name))
        {
            throw new InvalidDataException(
                $"'{name}' is a truncated JPEG: restore the file, or set "
                + $"{nameof(ImageDecodingOptions)}.{nameof(ImageDecodingOptions.AllowDamagedData)} to take what is left of it.");
        }

        try
        {
            ImageInfo info = Image.Identify(_options, encoded);
            RequireSize(info, header);
            bool isRgb = info.Metadata.GetJpegMetadata().ColorType is JpegEncodingColor.Rgb;
            if (!isRgb && JpegHeaderReader.FindChroma(encoded, name) is JpegChroma chroma)
            {
                Decode(WithoutColorTransform(encoded, chroma.FramePosition), destination);
                ChromaUpsampling.ToRgb(destination, header.Width, header.Height, chroma.Across, chroma.Down);
            }
            else
            {
                Decode(encoded, destination);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Damaged data surfaces from ImageSharp's depths as many types of exception; to the caller they are one.
            throw new InvalidDataException($"'{name}' is a truncated, corrupt or unsupported JPEG ({failure.Message}).", failure);
        }
    }

    private static void Decode(ReadOnlySpan<byte> encoded, Span<byte> destination)
    {
        using Image<Rgb24> image = Image.Load<Rgb24>(_options, encoded);
        image.CopyPixelDataTo(destination);
    }

    /// <summary>
    /// The file with Adobe's marker that calls its components red, green and blue, so that they come out as they are stored. Of several
    /// such markers the last before the frame header counts.
    /// </summary>
    private static byte[] WithoutColorTransform(ReadOnlySpan<byte> encoded, int framePosition)
    {
        // Version 100, no flags, transform 0 (Adobe technical note 5116, section 18).
        ReadOnlySpan<byte> marker = [0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0];
        return [.. encoded[..framePosition], .. marker, .. encoded[framePosition..]];
    }

    private static void RequireSize(ImageInfo info, ImageHeader header)
    {
        if (info.Width != header.Width || info.Height != header.Height)
        {
            throw new InvalidDataException(
                $"its frame headers disagree about its size, {info.Width}×{info.Height} or {header.Width}×{header.Height}");
        }
    }
}
