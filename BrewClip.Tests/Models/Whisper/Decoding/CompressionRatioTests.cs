using System.Text;
using System.Text.Json;
using BrewClip.Models.Whisper.Decoding.Compression;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Lengths that zlib's own deflate writes, from Python's zlib.compress.</summary>
public class CompressionRatioTests
{
    private static readonly JsonElement _golden = JsonDocument.Parse(
        File.ReadAllText(TestFiles.Golden("whisper", "zlib.json"))).RootElement;

    [Fact]
    public void Texts_compress_to_the_length_that_zlib_gives_them()
    {
        foreach (var item in _golden.GetProperty("texts").EnumerateArray())
        {
            byte[] bytes = Encoding.UTF8.GetBytes(item.GetProperty("text").GetString()!);
            Assert.Equal(
                (item.GetProperty("text").GetString(), item.GetProperty("length").GetInt32()),
                (item.GetProperty("text").GetString(), Deflate.CompressedLength(bytes)));
            Assert.Equal(
                (double)bytes.Length / item.GetProperty("length").GetInt32(), CompressionRatio.Of(item.GetProperty("text").GetString()!));
        }
    }

    [Fact]
    public void So_do_long_texts_of_several_blocks()
    {
        foreach (var item in _golden.GetProperty("rules").EnumerateArray())
        {
            int count = item.GetProperty("count").GetInt32();
            Assert.Equal(item.GetProperty("length").GetInt32(), Deflate.CompressedLength(Letters(count)));
        }
    }

    // Letters drawn from an alphabet that grows and shrinks.
    private static byte[] Letters(int count)
    {
        var letters = new byte[count];
        uint state = 12345;
        for (int i = 0; i < count; i++)
        {
            state = unchecked(state * 1103515245 + 12345) & 0x7FFFFFFF;
            letters[i] = (byte)('a' + (state >> 16) % (3 + i % 23));
        }

        return letters;
    }
}
