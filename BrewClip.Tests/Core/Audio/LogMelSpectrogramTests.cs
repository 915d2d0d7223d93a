using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class LogMelSpectrogramTests
{
    private static readonly SafetensorsFile _golden = SafetensorsFile.Open(TestFiles.Golden("whisper", "mel.safetensors"));

    [Theory]
    [InlineData(80)]
    [InlineData(128)]
    public void The_padded_window_equals_the_reference(int bins)
    {
        AudioClip clip = AudioClip.Load(TestFiles.Golden("whisper", "short.wav"));
        float[] mel = new float[bins * LogMelSpectrogram.WindowFrames];
        new LogMelSpectrogram(bins).ComputeWindow(clip.Samples.Span, mel);

        Assert.InRange(Differences.Largest(_golden.ReadFloat32($"mel{bins}_first600"), Columns(mel, bins, 0, 600)), 0, 1e-4);
    }

    [Fact]
    public void The_silent_end_of_the_window_equals_the_reference()
    {
        AudioClip clip = AudioClip.Load(TestFiles.Golden("whisper", "short.wav"));
        float[] mel = new float[80 * LogMelSpectrogram.WindowFrames];
        new LogMelSpectrogram(80).ComputeWindow(clip.Samples.Span, mel);

        Assert.InRange(Differences.Largest(_golden.ReadFloat32("mel80_last8"), Columns(mel, 80, LogMelSpectrogram.WindowFrames - 8, 8)), 0, 1e-5);
    }

    [Fact]
    public void The_unpadded_spectrogram_equals_the_reference()
    {
        AudioClip clip = AudioClip.Load(TestFiles.Golden("whisper", "short.wav"));
        var front = new LogMelSpectrogram(80);
        float[] mel = new float[80 * front.FrameCount(clip.Samples.Length)];
        front.Compute(clip.Samples.Span, mel);

        Assert.InRange(Differences.Largest(_golden.ReadFloat32("unpadded80"), mel), 0, 1e-4);
    }

    internal static float[] Columns(float[] matrix, int rows, int first, int count)
    {
        int width = matrix.Length / rows;
        var columns = new float[rows * count];
        for (int row = 0; row < rows; row++)
        {
            matrix.AsSpan(row * width + first, count).CopyTo(columns.AsSpan(row * count));
        }

        return columns;
    }
}
