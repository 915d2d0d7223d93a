using BrewClip.Core.Images;

namespace BrewClip.Tests.Core.Images;

public class JpegHeaderReaderTests
{
    [Theory]
    [InlineData("landscape_420.jpg", 2, 2)]
    [InlineData("exif_rotated.jpg", 2, 2)]
    [InlineData("landscape_444_progressive.jpg", 1, 1)]
    [InlineData("gray.jpg", 1, 1)]
    [InlineData("cmyk.jpg", 1, 1)]
    public void The_pixels_per_chroma_sample_are_read_from_the_frame_header(string name, int across, int down) =>
        Assert.Equal((across, down), JpegHeaderReader.ChromaSubsampling(GoldenImages.Bytes(name), name));
}
