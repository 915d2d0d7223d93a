using BrewClip.Core.Images;

namespace BrewClip.Tests.Core.Images;

public class ClipImageProcessorTests
{
    private static readonly ClipImageProcessor _processor = new(new ClipImageProcessorConfig());

    public static TheoryData<string> Goldens => new(GoldenImages.Names);

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Every_golden_image_gives_the_bytes_of_the_reference(string name)
    {
        byte[] actual = _processor.ResizeAndCrop(RgbImage.Load(GoldenImages.Path(name)));
        ReadOnlySpan<byte> expected = RgbImage.Load(GoldenImages.ExpectedPath(name)).Pixels;
        int largest = 0, equal = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(actual[i] - expected[i]);
            largest = Math.Max(largest, difference);
            equal += difference == 0 ? 1 : 0;
        }

        // libjpeg-turbo gives the reference's bytes; another JPEG decoder rounds a little differently, PNG is exact under any.
        bool otherDecoder = name.EndsWith(".jpg", StringComparison.Ordinal)
            && Type.GetType("BrewClip.Core.Dependencies.TurboJpegDecoder, BrewClip.Core") is null;
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(largest <= (otherDecoder ? 4 : 0), $"largest difference {largest}, equal {(double)equal / expected.Length:P2}");
    }

    [Fact]
    public void The_tensor_holds_the_normalised_bytes_channel_by_channel()
    {
        RgbImage image = RgbImage.Load(GoldenImages.Path("portrait.png"));
        byte[] bytes = _processor.ResizeAndCrop(image);
        var tensor = new float[_processor.OutputLength];
        _processor.Process(image, tensor);
        var config = new ClipImageProcessorConfig();
        for (int i = 0; i < bytes.Length; i++)
        {
            int channel = i % 3;
            double expected = (bytes[i] / 255.0 - config.Mean[channel]) / config.StandardDeviation[channel];
            Assert.Equal(expected, tensor[channel * 224 * 224 + i / 3], 1e-5);
        }
    }

    [Theory]
    [InlineData(640, 427)]
    [InlineData(427, 640)]
    [InlineData(31, 500)]
    [InlineData(224, 300)]
    [InlineData(5, 3)]
    [InlineData(1, 1)]
    [InlineData(2, 60)]
    public void The_vectorised_resize_equals_the_filter_written_out(int width, int height)
    {
        RgbImage image = RandomImages.Noise(width, height, seed: width);
        byte[] fast = _processor.ResizeAndCrop(image);
        byte[] oracle = ResizeOracle.ShortSideAndCenterCrop(image, 224);
        Assert.Equal(oracle, fast);
    }

    [Fact]
    public void Letterbox_keeps_the_whole_image_and_fills_with_the_mean()
    {
        var processor = new ClipImageProcessor(new ClipImageProcessorConfig { CropPolicy = ImageCropPolicy.Letterbox });
        RgbImage red = RandomImages.Solid(400, 100, 250, 10, 20);
        byte[] view = processor.ResizeAndCrop(red);
        Assert.Equal([250, 10, 20], view.AsSpan(112 * 224 * 3, 3).ToArray());
        Assert.Equal([250, 10, 20], view.AsSpan((112 * 224 + 223) * 3, 3).ToArray());
        Assert.Equal([123, 117, 104], view.AsSpan(0, 3).ToArray());
        Assert.Equal(56 * 224, Enumerable.Range(0, 224 * 224).Count(pixel => view[pixel * 3] == 250));
        var tensor = new float[processor.OutputLength];
        processor.Process(red, tensor);
        Assert.Equal(0, tensor[0], 0.01f);
    }

    [Fact]
    public void Five_crops_are_the_corners_and_the_centre_of_the_larger_resize()
    {
        var processor = new ClipImageProcessor(new ClipImageProcessorConfig { Size = 56, CropPolicy = ImageCropPolicy.FiveCrop });
        RgbImage image = RandomImages.Noise(128, 64, seed: 5);
        byte[] views = processor.ResizeAndCrop(image);
        (int Left, int Top)[] corners = [(0, 0), (72, 0), (0, 8), (72, 8), (36, 4)];
        Assert.Equal(5 * 56 * 56 * 3, views.Length);
        for (int view = 0; view < 5; view++)
        {
            var (left, top) = corners[view];
            for (int y = 0; y < 56; y++)
            {
                Assert.Equal(
                    image.Pixels.Slice(((top + y) * 128 + left) * 3, 56 * 3).ToArray(),
                    views.AsSpan((view * 56 + y) * 56 * 3, 56 * 3).ToArray());
            }
        }
    }

    [Fact]
    public void A_destination_of_the_wrong_length_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _processor.Process(RandomImages.Solid(3, 3, 1, 2, 3), new float[10]));
        Assert.Contains("10 elements where 150528 are needed", error.Message);
    }

    [Fact]
    public void One_processor_serves_many_threads()
    {
        RgbImage[] images = [.. Enumerable.Range(0, 8).Select(i => RandomImages.Noise(50 + 17 * i, 90, seed: i))];
        byte[][] alone = [.. images.Select(_processor.ResizeAndCrop)];
        Parallel.For(0, 64, i => Assert.Equal(alone[i % 8], _processor.ResizeAndCrop(images[i % 8])));
    }
}
