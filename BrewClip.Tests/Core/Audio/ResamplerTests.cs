using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class ResamplerTests
{
    private static readonly SafetensorsFile _golden = SafetensorsFile.Open(TestFiles.Golden("audio", "resample.safetensors"));

    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    [InlineData(22050)]
    [InlineData(8000)]
    [InlineData(11025)]
    public void Every_rate_equals_the_reference(int rate)
    {
        float[] output = Resampler.Resample(_golden.ReadFloat32($"input_{rate}"), rate, 16000);

        Assert.InRange(Differences.Largest(_golden.ReadFloat32($"output_{rate}_to_16000"), output), 0, 1e-6);
    }

    [Theory]
    [InlineData(48000, 16000, 48001, 16001)]
    [InlineData(44100, 16000, 1, 1)]
    [InlineData(16000, 44100, 160, 441)]
    [InlineData(16000, 44100, 161, 444)]
    [InlineData(8000, 16000, 0, 0)]
    public void The_length_is_rounded_up(int from, int to, int length, int expected)
    {
        Assert.Equal(expected, Resampler.OutputLength(length, from, to));
        Assert.Equal(expected, Resampler.Resample(new float[length], from, to).Length);
    }

    [Theory]
    [InlineData(48000, 16000)]
    [InlineData(44100, 16000)]
    [InlineData(8000, 16000)]
    [InlineData(16000, 44100)]
    [InlineData(15999, 16000)]
    public void A_stream_in_blocks_of_any_size_equals_the_whole(int from, int to)
    {
        float[] input = FormulaWeights.Uniform("resample", 30_000);
        float[] whole = Resampler.Resample(input, from, to);
        var random = new Random(7);
        var stream = new StreamingResampler(from, to);
        var output = new List<float>();
        float[] block = new float[777];
        for (int position = 0; position < input.Length;)
        {
            int size = Math.Min(random.Next(0, 2000), input.Length - position);
            stream.Write(input.AsSpan(position, size));
            position += size;
            Drain();
        }

        stream.Complete();
        Drain();
        Assert.Equal(whole, output);

        void Drain()
        {
            int count;
            while ((count = stream.Read(block.AsSpan(0, random.Next(1, block.Length)))) > 0)
            {
                output.AddRange(block.AsSpan(0, count));
            }
        }
    }

    [Fact]
    public void A_tone_keeps_its_pitch_and_strength()
    {
        float[] tone = Tone(440, 44100, 44100);
        float[] expected = Tone(440, 16000, 16000);
        float[] actual = Resampler.Resample(tone, 44100, 16000);

        Assert.InRange(Differences.Largest(expected.AsSpan(100, 15_800), actual.AsSpan(100, 15_800)), 0, 2e-3);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_removed()
    {
        float[] output = Resampler.Resample(Tone(12_000, 48000, 48000), 48000, 16000);

        Assert.InRange(output.AsSpan(100, 15_800).ToArray().Max(MathF.Abs), 0, 2e-3f);
    }

    [Fact]
    public void The_same_rate_changes_nothing()
    {
        var clip = new AudioClip(FormulaWeights.Uniform("clip", 100), 16000);

        Assert.Same(clip, clip.Resample(16000));
    }

    [Fact]
    public void One_sample_can_be_resampled() => Assert.Equal(2, new AudioClip(new[] { 0.5f }, 8000).Resample(16000).Samples.Length);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(768_001)]
    public void An_impossible_rate_is_refused(int rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resample(new float[8], 16000, rate));

    [Fact]
    public void Nothing_can_follow_the_end_of_a_stream()
    {
        var stream = new StreamingResampler(8000, 16000);
        stream.Complete();

        Assert.Throws<InvalidOperationException>(() => stream.Write(new float[1]));
        Assert.Equal(0, stream.Read(new float[10]));
    }

    private static float[] Tone(double hertz, int rate, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / rate)))];
}
