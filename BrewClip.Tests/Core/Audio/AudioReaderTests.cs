using BrewClip.Core.Audio;
using BrewClip.Core.Dependencies;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class AudioReaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(16000)]
    [InlineData(8000)]
    public void Slices_joined_equal_the_whole(int? rate)
    {
        string path = TestFiles.Golden("whisper", "long.wav");
        AudioClip whole = AudioClip.Load(path);
        whole = whole.Resample(rate ?? whole.SampleRate);
        using AudioReader reader = AudioReader.Open(path, rate);
        AudioClip[] slices = [.. reader.ReadSlices(100_003)];

        Assert.Equal(whole.Samples.Length, reader.ClaimedSamples);
        Assert.All(slices[..^1], slice => Assert.Equal(100_003, slice.Samples.Length));
        Assert.Equal(whole.Samples.ToArray(), slices.SelectMany(slice => slice.Samples.ToArray()));
    }

    [Fact]
    public void Reading_slices_stops_when_cancelled()
    {
        using AudioReader reader = AudioReader.Open(TestFiles.Golden("whisper", "long.wav"));
        using var cancellation = new CancellationTokenSource();
        using IEnumerator<AudioClip> slices = reader.ReadSlices(1000, cancellation.Token).GetEnumerator();
        Assert.True(slices.MoveNext());
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => slices.MoveNext());
    }

    [Theory]
    [InlineData(3600, 8000)]
    [InlineData(120, 16000)]
    public void However_long_a_recording_is_its_memory_does_not_grow(int seconds, int rate)
    {
        using var wave = new SilentWave(8000L * seconds);
        using AudioReader reader = AudioReader.Open(wave, "hour.wav", rate);
        float[] block = new float[16000];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long total = 0;
        int read;
        while ((read = reader.Read(block)) > 0)
        {
            total += read;
        }

        Assert.Equal((long)seconds * rate, total);
        // An hour would be 57 million bytes as 16-bit samples and twice that as floats.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32L << 20);
    }

    [Theory]
    [InlineData("tone.flac", 1e-4)]
    [InlineData("tone.ogg", 0.05)]
    [InlineData("tone.opus", 0.1)]
    [InlineData("tone.mp3", 0.05)]
    public void Compressed_containers_are_decoded_or_refused_with_those_that_work(string file, double tolerance)
    {
        string path = TestFiles.Golden("audio", file);
        string formats = AudioDecoding.CreateDecoder().SupportedFormats;
        if (!formats.Contains("FLAC"))
        {
            Assert.Contains(formats, Assert.Throws<InvalidDataException>(() => AudioClip.Load(path)).Message);
            return;
        }

        AudioClip clip = AudioClip.Load(path).Resample(16000);
        Assert.InRange(clip.Samples.Length, 8000, 9300);
        Assert.InRange(LoudestDifferenceAtBestShift(clip.Samples.Span), 0, tolerance);
    }

    [Fact]
    public void A_FLAC_file_cut_short_is_refused_by_name()
    {
        byte[] whole = File.ReadAllBytes(TestFiles.Golden("audio", "tone.flac"));

        Assert.Contains("'tone.flac'", Assert.Throws<InvalidDataException>(
            () => AudioClip.Load(new MemoryStream(whole[..(whole.Length / 2)]), "tone.flac")).Message);
    }

    /// <summary>The tone is half a second of 440 Hz that swells and fades; lossy codecs delay it a little.</summary>
    private static double LoudestDifferenceAtBestShift(ReadOnlySpan<float> samples)
    {
        double best = double.PositiveInfinity;
        for (int shift = 0; shift <= samples.Length - 8000; shift++)
        {
            double loudest = 0;
            for (int i = 0; i < 8000 && loudest < best; i++)
            {
                double envelope = Math.Sin(Math.PI * i / 8000);
                loudest = Math.Max(
                    loudest, Math.Abs(0.5 * Math.Sin(2 * Math.PI * 440 * i / 16000) * envelope * envelope - samples[i + shift]));
            }

            best = Math.Min(best, loudest);
        }

        return best;
    }

    /// <summary>A WAV of 8 kHz 16-bit samples that exist only as they are read.</summary>
    private sealed class SilentWave(long samples) : Stream
    {
        private readonly byte[] _header = new WaveBytes().Format(1, 1, 8000, 16).Data([], (uint)(samples * 2)).ToArray();

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => _header.Length + samples * 2;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, Length - Position);
            buffer[..count].Clear();
            for (int i = 0; i < count && Position + i < _header.Length; i++)
            {
                buffer[i] = _header[Position + i];
            }

            Position += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
