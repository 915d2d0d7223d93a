using System.Text;

namespace BrewClip.Core.Retrieval;

/// <summary>Metadata as bytes: nothing for none, else a 1 and the text in UTF-8, so that none and an empty text differ.</summary>
internal static class IndexText
{
    private const byte Present = 1;

    public static int MetadataLength(string? metadata) => metadata is null ? 0 : 1 + Encoding.UTF8.GetByteCount(metadata);

    public static byte[] EncodeMetadata(string? metadata) => metadata is null ? [] : [Present, .. Encoding.UTF8.GetBytes(metadata)];

    public static string? DecodeMetadata(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes[1..]);
}
