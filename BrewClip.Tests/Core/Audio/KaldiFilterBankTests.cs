using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class KaldiFilterBankTests
{
    [Fact]
    public void Features_equal_the_reference()
    {
        using var golden = SafetensorsFile.Open(TestFiles.Golden("audio", "fbank.safetensors"));
        float[] waveform = golden.ReadFloat32("waveform");
        float mean = waveform.Average();
        float[] centred = [.. waveform.Select(sample => sample - mean)];
        var bank = new KaldiFilterBank();
        float[] features = new float[bank.FrameCount(centred.Length) * bank.MelBins];
        bank.Compute(centred, features);

        Assert.InRange(Differences.Largest(golden.ReadFloat32("fbank128"), features), 0, 4e-4);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(399, 0)]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    public void Only_whole_frames_count(int samples, int frames) => Assert.Equal(frames, new KaldiFilterBank().FrameCount(samples));

    [Theory]
    [InlineData(16000, 400, 160)]
    [InlineData(22050, 551, 220)]
    [InlineData(44100, 1102, 441)]
    [InlineData(48000, 1200, 480)]
    public void Frames_are_25_milliseconds_at_any_rate(int rate, int frame, int hop)
    {
        var bank = new KaldiFilterBank(sampleRate: rate);

        Assert.Equal((frame, hop), (bank.FrameLength, bank.HopLength));
    }

    [Fact]
    public void Silence_is_the_logarithm_of_the_smallest_energy()
    {
        float[] features = new float[128];
        new KaldiFilterBank().Compute(new float[400], features);

        Assert.All(features, value => Assert.Equal(MathF.Log(1.1920929e-07f), value, 1e-5f));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused() =>
        Assert.Contains(
            "need 128", Assert.Throws<ArgumentException>(() => new KaldiFilterBank().Compute(new float[400], new float[100])).Message);

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(512)]
    public void The_transform_equals_the_Fourier_sum(int size)
    {
        float[] frame = FormulaWeights.Uniform("transform", size);
        float[] power = new float[size / 2];
        new RealFourierTransform(size).Power(frame, new float[size / 2], new float[size / 2], power);

        for (int k = 0; k < power.Length; k++)
        {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < size; n++)
            {
                real += frame[n] * Math.Cos(2 * Math.PI * k * n / size);
                imaginary += frame[n] * Math.Sin(2 * Math.PI * k * n / size);
            }

            Assert.Equal(real * real + imaginary * imaginary, power[k], 1e-4 * (1 + power[k]));
        }
    }
}
