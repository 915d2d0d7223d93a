using BrewClip.Core.Audio;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class WaveFileWriterTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();
        float[] samples = [.. Enumerable.Range(0, 40_000).Select(i => (i * 7919 % 65536 - 32768) / 32768f)];
        WaveFileWriter.Write(folder["clip.wav"], new AudioClip(samples, 22050));
        AudioClip clip = AudioClip.Load(folder["clip.wav"]);

        Assert.Equal(22050, clip.SampleRate);
        Assert.Equal(samples, clip.Samples.ToArray());
        Assert.Equal([folder["clip.wav"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Samples_past_full_scale_are_clamped_and_others_rounded()
    {
        using var stream = new MemoryStream();
        WaveFileWriter.Write(stream, new AudioClip(new[] { 2f, -2f, 1f, 0.6f / 32768, 0.4f / 32768 }, 16000));
        stream.Position = 0;

        Assert.Equal([32767 / 32768f, -1, 32767 / 32768f, 1 / 32768f, 0], AudioClip.Load(stream).Samples.ToArray());
    }

    [Fact]
    public void A_golden_file_comes_back_byte_for_byte()
    {
        using var stream = new MemoryStream();
        WaveFileWriter.Write(stream, AudioClip.Load(TestFiles.Golden("whisper", "short.wav")));

        Assert.Equal(File.ReadAllBytes(TestFiles.Golden("whisper", "short.wav")), stream.ToArray());
    }
}
