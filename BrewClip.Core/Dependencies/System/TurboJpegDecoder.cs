using System.Buffers;
using BrewClip.Core.Images;

namespace BrewClip.Core.Dependencies;

/// <summary>
/// JPEG through Debian's libturbojpeg0: the same decoder, with the same transforms and upsampling, that Pillow has inside.
/// </summary>
internal sealed unsafe class TurboJpegDecoder : IImageDecoder
{
    public void DecodeJpeg(ReadOnlySpan<byte> encoded, ImageHeader header, bool allowDamagedData, string name, Span<byte> destination)
    {
        nint handle = Open();
        try
        {
            fixed (byte* jpeg = encoded)
            {
                if (IsCmyk(handle, jpeg, encoded.Length, header, name))
                {
                    DecodeCmyk(handle, jpeg, encoded.Length, header, allowDamagedData, name, destination);
                }
                else
                {
                    Decode(handle, jpeg, encoded.Length, header, TurboJpeg.PixelFormatRgb, allowDamagedData, name, destination);
                }
            }
        }
        finally
        {
            _ = TurboJpeg.Destroy(handle);
        }
    }

    private static nint Open()
    {
        try
        {
            nint handle = TurboJpeg.InitDecompress();
            return handle != 0 ? handle : throw new InvalidOperationException("libturbojpeg could not start a decoder: memory is short.");
        }
        catch (DllNotFoundException missing)
        {
            throw new InvalidOperationException("The library libturbojpeg.so.0 was not found: install the package libturbojpeg0.", missing);
        }
    }

    private static bool IsCmyk(nint handle, byte* jpeg, int length, ImageHeader header, string name)
    {
        // The call also fails for rare sampling factors that it has no name for but decodes well: the size tells whether it got that far.
        int result = TurboJpeg.DecompressHeader(handle, jpeg, (nuint)length, out int width, out int height, out _, out int colorspace);
        if (width != header.Width || height != header.Height)
        {
            string reason = result == 0
                ? $"its frame headers disagree about its size, {width}×{height} or {header.Width}×{header.Height}"
                : TurboJpeg.Error(handle);
            throw new InvalidDataException($"'{name}' is a JPEG that cannot be decoded: {reason}.");
        }

        return colorspace is TurboJpeg.ColorspaceCmyk or TurboJpeg.ColorspaceYcck;
    }

    private static void Decode(
        nint handle, byte* jpeg, int length, ImageHeader header, int pixelFormat, bool allowDamagedData, string name,
        Span<byte> destination)
    {
        int flags = TurboJpeg.LimitScans | (allowDamagedData ? 0 : TurboJpeg.StopOnWarning);
        int result;
        fixed (byte* pixels = destination)
        {
            result = TurboJpeg.Decompress(handle, jpeg, (nuint)length, pixels, header.Width, 0, header.Height, pixelFormat, flags);
        }

        if (result == 0 || (allowDamagedData && TurboJpeg.ErrorCode(handle) == TurboJpeg.ErrorWarning))
        {
            return;
        }

        throw new InvalidDataException(
            $"'{name}' is a truncated, corrupt or unsupported JPEG ({TurboJpeg.Error(handle)}): restore the file, or set "
            + $"{nameof(ImageDecodingOptions)}.{nameof(ImageDecodingOptions.AllowDamagedData)} to take what is left of it.");
    }

    private static void DecodeCmyk(
        nint handle, byte* jpeg, int length, ImageHeader header, bool allowDamagedData, string name, Span<byte> destination)
    {
        long bytes = header.PixelCount * 4;
        if (bytes > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{name}' is a CMYK JPEG of {header.Width}×{header.Height} pixels: at most {Array.MaxLength / 4} are read.");
        }

        byte[] cmyk = ArrayPool<byte>.Shared.Rent((int)bytes);
        try
        {
            Span<byte> stored = cmyk.AsSpan(0, (int)bytes);
            Decode(handle, jpeg, length, header, TurboJpeg.PixelFormatCmyk, allowDamagedData, name, stored);
            CmykConversion.InvertedToRgb(stored, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(cmyk);
        }
    }
}
