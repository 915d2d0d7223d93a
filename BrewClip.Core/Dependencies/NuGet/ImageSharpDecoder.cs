using BrewClip.Core.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using DecoderOptions = SixLabors.ImageSharp.Formats.DecoderOptions;

namespace BrewClip.Core.Dependencies;

/// <summary>JPEG through SixLabors.ImageSharp, whose inverse transform and upsampling differ from libjpeg's by a few levels of 255.</summary>
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
            RequireSize(Image.Identify(_options, encoded), header);
            using Image<Rgb24> image = Image.Load<Rgb24>(_options, encoded);
            image.CopyPixelDataTo(destination);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Damaged data surfaces from ImageSharp's depths as many types of exception; to the caller they are one.
            throw new InvalidDataException($"'{name}' is a truncated, corrupt or unsupported JPEG ({failure.Message}).", failure);
        }
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
