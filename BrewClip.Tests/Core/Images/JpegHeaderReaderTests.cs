using BrewClip.Core.Images;

namespace BrewClip.Tests.Core.Images;

public class JpegHeaderReaderTests
{
    [Theory]
    [InlineData("landscape_420.jpg", 2, 2)]
    [InlineData("exif_rotated.jpg", 2, 2)]
    [InlineData("landscape_444_progressive.jpg", 1, 1)]
    public void The_pixels_per_chroma_sample_are_read_from_the_frame_header(string name, int across, int down)
    {
        byte[] encoded = GoldenImages.Bytes(name);
        var chroma = Assert.NotNull(JpegHeaderReader.FindChroma(encoded, name));
        Assert.Equal((across, down), (chroma.Across, chroma.Down));
        Assert.Equal(0xFF, encoded[chroma.FramePosition]);
        Assert.InRange(encoded[chroma.FramePosition + 1], 0xC0, 0xC2);
    }

    [Theory]
    [InlineData("gray.jpg")]
    [InlineData("cmyk.jpg")]
    public void Gray_and_cmyk_have_no_chroma(string name) => Assert.Null(JpegHeaderReader.FindChroma(GoldenImages.Bytes(name), name));
}
