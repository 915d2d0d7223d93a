using System.Text;

namespace BrewClip.Models.Whisper.Decoding.Compression;

/// <summary>How much a text repeats itself: its bytes by those of its compression.</summary>
internal static class CompressionRatio
{
    /// <summary>UTF-8 bytes by the bytes of the zlib stream that Python's <c>zlib.compress</c> writes; 0 for an empty text.</summary>
    public static double Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return (double)bytes.Length / Deflate.CompressedLength(bytes);
    }
}
