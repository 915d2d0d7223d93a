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

        Assert.InRange(
            Differences.Largest(_golden.ReadFloat32("mel80_last8"), Columns(mel, 80, LogMelSpectrogram.WindowFrames - 8, 8)), 0, 1e-5);
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

    [Theory]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(160)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1000)]
    [InlineData(10_239)]
    [InlineData(26_000)]
    public void Any_length_equals_the_definition(int length)
    {
        float[] samples = FormulaWeights.Uniform("log-mel", length);
        var front = new LogMelSpectrogram(80);
        float[] mel = new float[80 * front.FrameCount(length)];
        front.Compute(samples, mel);

        Assert.InRange(Differences.Largest(NaiveLogMel.Compute(samples, 80), mel), 0, 2e-5);
    }

    [Theory]
    [InlineData(1, 480)]
    [InlineData(4000, 100)]
    [InlineData(4000, 399)]
    [InlineData(4000, 400)]
    [InlineData(4000, 401)]
    [InlineData(3000, 12_000)]
    public void Trailing_zeros_count_as_samples_without_being_stored(int length, int zeros)
    {
        float[] samples = FormulaWeights.Uniform("log-mel", length);
        float[] padded = [.. samples, .. new float[zeros]];
        var front = new LogMelSpectrogram(80);
        float[] expected = new float[80 * front.FrameCount(padded.Length)];
        float[] actual = new float[expected.Length];
        front.Compute(padded, expected);
        front.Compute(samples, zeros, actual);

        Assert.InRange(Differences.Largest(NaiveLogMel.Compute(padded, 80), actual), 0, 2e-5);
        Assert.InRange(Differences.Largest(expected, actual), 0, 1e-6);
    }

    [Fact]
    public void The_window_is_cut_at_thirty_seconds()
    {
        float[] samples = FormulaWeights.Uniform("log-mel", LogMelSpectrogram.WindowSamples + 5000);
        var front = new LogMelSpectrogram(80);
        float[] window = new float[80 * LogMelSpectrogram.WindowFrames];
        float[] whole = new float[window.Length];
        front.ComputeWindow(samples, window);
        front.Compute(samples.AsSpan(0, LogMelSpectrogram.WindowSamples), whole);

        Assert.Equal(whole, window);
    }

    [Fact]
    public void One_thread_and_many_give_the_same_bits()
    {
        float[] samples = FormulaWeights.Uniform("log-mel", 1_120_000);
        float[] one = new float[80 * 7000];
        float[] many = new float[one.Length];
        new LogMelSpectrogram(80) { MaxDegreeOfParallelism = 1 }.Compute(samples, one);
        new LogMelSpectrogram(80) { MaxDegreeOfParallelism = 4 }.Compute(samples, many);

        Assert.Equal(one, many);
    }

    [Fact]
    public void Silence_is_the_same_everywhere()
    {
        float[] mel = new float[80 * LogMelSpectrogram.WindowFrames];
        new LogMelSpectrogram(80).ComputeWindow([], mel);

        Assert.All(mel, value => Assert.Equal(-1.5f, value));
    }

    [Fact]
    public void The_floor_is_eight_below_the_loudest_of_the_same_utterance()
    {
        float[] quiet = [.. FormulaWeights.Uniform("log-mel", 16_000).Select(sample => sample * 0.1f)];
        float[] mel = new float[80 * LogMelSpectrogram.WindowFrames];
        new LogMelSpectrogram(80).ComputeWindow(quiet, mel);

        Assert.Equal(mel.Max() - 2, mel.Min(), 1e-5);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused_with_both_sizes()
    {
        string message = Assert.Throws<ArgumentException>(() => new LogMelSpectrogram(80).Compute(new float[1600], new float[799])).Message;

        Assert.Contains("needs 800", message);
        Assert.Contains("has 799", message);
    }

    [Fact]
    public void Samples_whose_power_is_beyond_float32_are_refused()
    {
        float[] samples = FormulaWeights.Uniform("loud", 1600);
        samples[800] = 1e30f;
        Assert.Contains(
            "reach 1E+30", Assert.Throws<ArgumentException>(() => new LogMelSpectrogram(80).Compute(samples, new float[800])).Message);
        var filters = new KaldiFilterBank(80);
        float[] features = new float[filters.FrameCount(samples.Length) * 80];
        Assert.Contains("reach 1E+30", Assert.Throws<ArgumentException>(() => filters.Compute(samples, features)).Message);
    }

    [Fact]
    public void A_NaN_among_the_samples_is_refused_with_its_position() =>
        Assert.Contains("Sample 7 is NaN", Assert.Throws<ArgumentException>(() =>
        {
            float[] samples = new float[1600];
            samples[7] = float.NaN;
            new LogMelSpectrogram(80).Compute(samples, new float[800]);
        }).Message);

    [Fact]
    public void Long_recordings_need_no_memory_of_their_size()
    {
        float[] samples = new float[2_000_000];
        var front = new LogMelSpectrogram(80);
        float[] mel = new float[80 * front.FrameCount(samples.Length)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        front.Compute(samples, mel);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
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
