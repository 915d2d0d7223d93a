using BrewClip.Core.Audio;
using BrewClip.Core.Dependencies;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class SampleRecordingsTests
{
    private static bool ReadsCompressed => AudioDecoding.CreateDecoder().SupportedFormats.Contains("FLAC");

    [SharedFact("samples")]
    public void Every_real_recording_loads_and_is_as_long_as_its_chunks_say()
    {
        string[] files = [.. Directory.EnumerateFiles(TestFiles.InShared("samples"), "*.wav", SearchOption.AllDirectories).Order()];
        foreach (string file in files)
        {
            AudioClip clip = AudioClip.Load(file);
            long bytes = new FileInfo(file).Length;
            Assert.InRange(clip.Duration.TotalSeconds, 0.2, 60);
            Assert.InRange(clip.Samples.Length, 1, bytes / 2);
        }

        Assert.NotEmpty(files);
    }

    [SharedFact("samples/ravdess/Actor_01/03-01-02-01-01-02-01.wav")]
    public void The_corpus_with_odd_chunks_is_read_without_their_noise()
    {
        AudioClip clip = AudioClip.Load(TestFiles.InShared("samples", "ravdess", "Actor_01", "03-01-02-01-01-02-01.wav"));

        Assert.Equal(48000, clip.SampleRate);
        Assert.InRange(clip.Duration.TotalSeconds, 2.94, 5.27);
        // Text chunks misread as samples are loud; these recordings start and end in silence.
        Assert.InRange(clip.Samples.Span[..2000].ToArray().Max(MathF.Abs), 0, 0.01f);
        Assert.InRange(clip.Samples.Span[^2000..].ToArray().Max(MathF.Abs), 0, 0.01f);
    }

    [SharedFact("samples/ravdess/Actor_01/03-01-01-01-01-01-01.wav", "samples/ravdess-16k/Actor_01/03-01-01-01-01-01-01.flac")]
    public void The_same_recording_at_16_kHz_in_FLAC_sounds_the_same()
    {
        if (!ReadsCompressed)
        {
            return;
        }

        AudioClip wave = AudioClip.Load(TestFiles.InShared("samples", "ravdess", "Actor_01", "03-01-01-01-01-01-01.wav")).Resample(16000);
        AudioClip flac = AudioClip.Load(TestFiles.InShared("samples", "ravdess-16k", "Actor_01", "03-01-01-01-01-01-01.flac"));

        Assert.Equal(16000, flac.SampleRate);
        Assert.InRange(Correlation(wave, flac), 0.999, 1.0001);
    }

    [SharedFact("samples/speech/jfk.flac", "samples/speech/jfk.wav", "samples/speech/jfk.mp3")]
    public void Three_containers_of_one_speech_agree()
    {
        if (!ReadsCompressed)
        {
            return;
        }

        AudioClip wave = AudioClip.Load(TestFiles.InShared("samples", "speech", "jfk.wav"));
        AudioClip flac = AudioClip.Load(TestFiles.InShared("samples", "speech", "jfk.flac"));
        AudioClip mp3 = AudioClip.Load(TestFiles.InShared("samples", "speech", "jfk.mp3"));

        Assert.Equal((16000, 44100, 16000), (wave.SampleRate, flac.SampleRate, mp3.SampleRate));
        Assert.InRange(Correlation(wave, flac.Resample(16000)), 0.99, 1.0001);
        Assert.InRange(mp3.Duration.TotalSeconds, wave.Duration.TotalSeconds - 0.2, wave.Duration.TotalSeconds + 0.2);
    }

    [SharedFact("samples/speech/deepspeech")]
    public void One_sentence_at_three_rates_agrees()
    {
        AudioClip at16 = AudioClip.Load(TestFiles.InShared("samples", "speech", "deepspeech", "LDC93S1.wav"));
        AudioClip at8 = AudioClip.Load(TestFiles.InShared("samples", "speech", "deepspeech", "LDC93S1_pcms16le_1_8000.wav"));
        AudioClip at44 = AudioClip.Load(TestFiles.InShared("samples", "speech", "deepspeech", "LDC93S1_pcms16le_2_44100.wav"));

        Assert.Equal((16000, 8000, 44100), (at16.SampleRate, at8.SampleRate, at44.SampleRate));
        Assert.InRange(Correlation(at16, at44.Resample(16000)), 0.99, 1.0001);
        Assert.InRange(Correlation(at16.Resample(8000), at8), 0.99, 1.0001);
    }

    /// <summary>The highest normalised correlation within a few samples' shift.</summary>
    private static double Correlation(AudioClip left, AudioClip right)
    {
        double best = -1;
        for (int shift = -40; shift <= 40; shift++)
        {
            int start = Math.Max(0, shift);
            int count = Math.Min(left.Samples.Length - start, right.Samples.Length - (start - shift));
            ReadOnlySpan<float> a = left.Samples.Span.Slice(start, count);
            ReadOnlySpan<float> b = right.Samples.Span.Slice(start - shift, count);
            best = Math.Max(best, System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(a, b));
        }

        return best;
    }
}
