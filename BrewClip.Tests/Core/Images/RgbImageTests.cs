using BrewClip.Core.Images;

namespace BrewClip.Tests.Core.Images;

public class RgbImageTests
{
    [Fact]
    public void File_stream_and_bytes_give_the_same_pixels()
    {
        string path = GoldenImages.Path("landscape_420.jpg");
        using FileStream file = File.OpenRead(path);
        using var unseekable = new System.IO.Compression.BrotliStream(Recompressed(path), System.IO.Compression.CompressionMode.Decompress);
        byte[] expected = RgbImage.Load(path).Pixels.ToArray();
        Assert.Equal(expected, RgbImage.Load(file).Pixels.ToArray());
        Assert.Equal(expected, RgbImage.Load(unseekable).Pixels.ToArray());
        Assert.Equal(expected, RgbImage.Decode(File.ReadAllBytes(path)).Pixels.ToArray());
    }

    [Fact]
    public void Orientation_is_reported_and_applied_on_request_only()
    {
        string path = GoldenImages.Path("exif_rotated.jpg");
        RgbImage stored = RgbImage.Load(path);
        RgbImage upright = RgbImage.Load(path, new ImageDecodingOptions { ApplyOrientation = true });
        Assert.InRange(stored.Orientation, 2, 8);
        Assert.Equal(1, upright.Orientation);
        Assert.Equal((stored.Height, stored.Width), (upright.Width, upright.Height));
    }

    [Theory]
    [InlineData(1, "abcdef", 3)]
    [InlineData(2, "cbafed", 3)]
    [InlineData(3, "fedcba", 3)]
    [InlineData(4, "defabc", 3)]
    [InlineData(5, "adbecf", 2)]
    [InlineData(6, "daebfc", 2)]
    [InlineData(7, "fcebda", 2)]
    [InlineData(8, "cfbead", 2)]
    public void Each_orientation_turns_the_pixels_upright(int orientation, string expected, int width)
    {
        var image = new RgbImage(3, 2, [.. "abcdef".SelectMany(letter => new[] { (byte)letter, (byte)letter, (byte)letter })]);
        RgbImage upright = ExifOrientation.Apply(image, orientation);
        string letters = string.Concat(Enumerable.Range(0, 6).Select(pixel => (char)upright.Pixels[pixel * 3]));
        Assert.Equal((expected, width), (letters, upright.Width));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("'nowhere.jpg'", Assert.Throws<FileNotFoundException>(() => RgbImage.Load("nowhere.jpg")).Message);

    [Fact]
    public void An_empty_file_is_refused_by_name() => AssertRefused([], "'x' is empty: an image was expected.");

    [Fact]
    public void Another_format_is_refused_with_those_that_work() =>
        AssertRefused("GIF89a.."u8.ToArray(), "'x' is neither JPEG nor PNG (it starts with the bytes 47494638)");

    [Theory]
    [InlineData("landscape_420.jpg")]
    [InlineData("landscape_444_progressive.jpg")]
    [InlineData("portrait.png")]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        byte[] bytes = GoldenImages.Bytes(name);
        foreach (int length in new[] { 1, 3, 20, 100, bytes.Length / 2, bytes.Length - 100, bytes.Length - 2 })
        {
            var error = Assert.Throws<InvalidDataException>(() => RgbImage.Decode(bytes.AsSpan(0, length), "cut.image"));
            Assert.Contains("'cut.image'", error.Message);
        }
    }

    [Fact]
    public void Damaged_data_is_accepted_on_request()
    {
        byte[] bytes = GoldenImages.Bytes("landscape_420.jpg");
        ReadOnlySpan<byte> half = bytes.AsSpan(0, bytes.Length / 2);
        RgbImage image = RgbImage.Decode(half, options: new ImageDecodingOptions { AllowDamagedData = true });
        ReadOnlySpan<byte> whole = RgbImage.Decode(bytes).Pixels;
        int intact = image.Width * 3 * 64;
        Assert.Equal(whole[..intact].ToArray(), image.Pixels[..intact].ToArray());
    }

    [Fact]
    public void Zero_pixels_are_refused()
    {
        AssertRefused(WithJpegSize(0, 10), "'x' is 0×10 pixels");
        AssertRefused(WithPngSize(10, 0), "'x' is 10×0 pixels");
    }

    [Fact]
    public void A_header_beyond_the_pixel_limit_is_refused_before_anything_is_allocated()
    {
        byte[] jpeg = WithJpegSize(60_000, 60_000), png = WithPngSize(60_000, 60_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(jpeg, "'x' is 60000×60000 pixels, more than the limit of 178956970");
        AssertRefused(png, "'x' is 60000×60000 pixels, more than the limit of 178956970");
        AssertRefused(WithPngSize(3_000_000, 1), "a side may have at most");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_header_that_promises_more_than_the_file_can_hold_is_refused()
    {
        AssertRefused(WithPngSize(10_000, 10_000), "it is truncated or corrupt");
        AssertRefused(WithJpegSize(13_000, 13_000)[..20_000], "it is truncated or corrupt");
    }

    [Fact]
    public void The_pixel_limit_can_be_set()
    {
        byte[] bytes = GoldenImages.Bytes("tiny.png");
        Assert.Equal(13, RgbImage.Decode(bytes, options: new ImageDecodingOptions { MaxPixels = 13 * 9 }).Width);
        Assert.Throws<InvalidDataException>(() => RgbImage.Decode(bytes, options: new ImageDecodingOptions { MaxPixels = 13 * 9 - 1 }));
    }

    [Fact]
    public void Twelve_bit_JPEG_is_refused_by_name()
    {
        byte[] bytes = GoldenImages.Bytes("gray.jpg");
        bytes[FrameOf(bytes)] = 12;
        AssertRefused(bytes, "12 bits per sample");
    }

    [Fact]
    public void Pixels_of_the_wrong_length_are_refused() =>
        Assert.Contains("take 12", Assert.Throws<ArgumentException>(() => new RgbImage(2, 2, new byte[11])).Message);

    private static void AssertRefused(byte[] bytes, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => RgbImage.Decode(bytes, "x")).Message);

    private static byte[] WithJpegSize(int width, int height)
    {
        byte[] bytes = GoldenImages.Bytes("landscape_420.jpg");
        int frame = FrameOf(bytes);
        (bytes[frame + 1], bytes[frame + 2]) = ((byte)(height >> 8), (byte)height);
        (bytes[frame + 3], bytes[frame + 4]) = ((byte)(width >> 8), (byte)width);
        return bytes;
    }

    /// <summary>Where the content of the baseline frame header starts.</summary>
    private static int FrameOf(byte[] bytes)
    {
        ReadOnlySpan<byte> marker = [0xFF, 0xC0, 0x00];
        return bytes.AsSpan().IndexOf(marker) + 4;
    }

    private static byte[] WithPngSize(int width, int height)
    {
        var tiny = new TestPng { Width = 0, Height = 0, Depth = 8, ColorType = 0, Samples = [] };
        using var stream = new MemoryStream();
        stream.Write(tiny.Encode().AsSpan(0, 8));
        TestPng.WriteChunk(stream, "IHDR",
        [
            (byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width,
            (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height, 8, 0, 0, 0, 0,
        ]);
        TestPng.WriteChunk(stream, "IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]);
        TestPng.WriteChunk(stream, "IEND", []);
        return stream.ToArray();
    }

    private static MemoryStream Recompressed(string path)
    {
        var stream = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(File.ReadAllBytes(path));
        }

        stream.Position = 0;
        return stream;
    }
}
