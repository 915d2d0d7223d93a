using BrewClip.Core.Images;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Images;

public class PngReaderTests
{
    public static TheoryData<int, int, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int, bool>();
            (int Type, int Depth)[] forms =
            [
                (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16),
            ];
            foreach (var (type, depth) in forms)
            {
                kinds.Add(type, depth, false);
                kinds.Add(type, depth, true);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_colour_type_and_depth_is_read_right(int colorType, int depth, bool interlaced)
    {
        foreach (var (width, height) in new[] { (13, 11), (1, 1), (3, 9), (40, 2) })
        {
            TestPng png = RandomPng(colorType, depth, interlaced, width, height);
            RgbImage image = RgbImage.Decode(png.Encode());
            Assert.Equal((width, height), (image.Width, image.Height));
            for (int pixel = 0; pixel < width * height; pixel++)
            {
                Assert.Equal(Expected(png, pixel), image.Pixels.Slice(pixel * 3, 3).ToArray());
            }
        }
    }

    [Fact]
    public void A_written_image_reads_back_equal()
    {
        using var folder = new TemporaryFolder();
        RgbImage image = RandomImages.Noise(37, 23, seed: 3);
        PngWriter.Write(folder["noise.png"], image);
        Assert.Equal(image.Pixels.ToArray(), RgbImage.Load(folder["noise.png"]).Pixels.ToArray());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["taken.png"]);
        Assert.ThrowsAny<Exception>(() => PngWriter.Write(folder["taken.png"], RandomImages.Solid(2, 2, 1, 2, 3)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_check_value_equals_the_definition()
    {
        byte[] bytes = new byte[1003];
        new Random(1).NextBytes(bytes);
        Assert.Equal(0xCBF43926, Crc32.Compute("1234"u8, "56789"u8));
        Assert.Equal(TestPng.BitwiseCrc(bytes), Crc32.Compute(bytes.AsSpan(0, 4), bytes.AsSpan(4)));
    }

    [Fact]
    public void Transparency_of_a_palette_is_dropped()
    {
        TestPng png = RandomPng(3, 8, false, 5, 5);
        png.Extra.Add(("gAMA", [0, 0, 1, 1]));
        byte[] opaque = RgbImage.Decode(png.Encode()).Pixels.ToArray();
        png.Extra.Add(("tRNS", new byte[10]));
        Assert.Equal(opaque, RgbImage.Decode(png.Encode()).Pixels.ToArray());
    }

    [Fact]
    public void A_colour_outside_the_palette_is_refused()
    {
        var png = new TestPng { Width = 2, Height = 1, Depth = 8, ColorType = 3, Samples = [0, 7], Palette = [1, 2, 3] };
        var error = Assert.Throws<InvalidDataException>(() => RgbImage.Decode(png.Encode(), "cat.png"));
        Assert.Equal("'cat.png' is a PNG with colour 7 of a palette of 1: it is corrupt.", error.Message);
    }

    [Fact]
    public void A_palette_image_without_a_palette_is_refused()
    {
        var png = new TestPng { Width = 1, Height = 1, Depth = 8, ColorType = 3, Samples = [0] };
        Assert.Contains("palette of 0 bytes", Assert.Throws<InvalidDataException>(() => RgbImage.Decode(png.Encode())).Message);
    }

    [Theory]
    [InlineData(5, 8)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    [InlineData(0, 3)]
    public void Undefined_colour_types_and_depths_are_refused(int colorType, int depth)
    {
        var png = new TestPng { Width = 1, Height = 1, Depth = depth, ColorType = colorType, Samples = [0, 0, 0, 0] };
        Assert.Contains(
            "which the format does not define", Assert.Throws<InvalidDataException>(() => RgbImage.Decode(png.Encode())).Message);
    }

    [Fact]
    public void An_orientation_chunk_is_found()
    {
        TestPng png = RandomPng(2, 8, false, 3, 2);
        png.Extra.Add(("eXIf", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]));
        Assert.Equal(6, RgbImage.Decode(png.Encode()).Orientation);
        RgbImage upright = RgbImage.Decode(png.Encode(), options: new ImageDecodingOptions { ApplyOrientation = true });
        Assert.Equal((2, 3, 1), (upright.Width, upright.Height, upright.Orientation));
    }

    private static TestPng RandomPng(int colorType, int depth, bool interlaced, int width, int height)
    {
        var random = new Random(colorType * 100 + depth);
        int channels = colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        byte[] palette = new byte[colorType == 3 ? (1 << depth) * 3 : 0];
        random.NextBytes(palette);
        return new TestPng
        {
            Width = width,
            Height = height,
            Depth = depth,
            ColorType = colorType,
            Interlaced = interlaced,
            Palette = palette,
            Samples = [.. Enumerable.Range(0, width * height * channels).Select(_ => random.Next(1 << depth))],
        };
    }

    private static byte[] Expected(TestPng png, int pixel)
    {
        int Byte(int channel)
        {
            int sample = png.Samples[pixel * png.Channels + channel];
            return png.Depth == 16 ? sample >> 8 : sample * 255 / ((1 << png.Depth) - 1);
        }

        return png.ColorType switch
        {
            3 => png.Palette.AsSpan(png.Samples[pixel] * 3, 3).ToArray(),
            0 or 4 => [(byte)Byte(0), (byte)Byte(0), (byte)Byte(0)],
            _ => [(byte)Byte(0), (byte)Byte(1), (byte)Byte(2)],
        };
    }
}
