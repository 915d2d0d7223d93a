using BrewClip.Training.Probes;

namespace BrewClip.Tests.Training.Probes;

public sealed class FramePoolingTests
{
    [Fact]
    public void Mean_and_deviation_are_taken_over_time_for_every_channel()
    {
        var frames = new EncoderFrames(new[] { 1, 10, 3, 10, 5, 10 }.Select(value => (Half)value).ToArray(), Count: 3, Width: 2);
        Assert.Equal([3f, 10f], FramePooling.Mean.Pool(frames));
        float[] both = FramePooling.MeanAndDeviation.Pool(frames);
        Assert.Equal([3f, 10f, MathF.Sqrt(8f / 3), 0f], both);
    }

    [Fact]
    public void Frames_of_another_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => FramePooling.Mean.Pool([1f, 2f, 3f], 2, 2));
}
