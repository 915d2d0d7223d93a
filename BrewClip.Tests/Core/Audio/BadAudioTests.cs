using System.Text;
using BrewClip.Core.Audio;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class BadAudioTests
{
    [Fact]
    public void An_empty_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["dog.wav"], []);

        var error = Assert.Throws<InvalidDataException>(() => AudioClip.Load(folder["dog.wav"]));
        Assert.StartsWith("'dog.wav' is empty, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("'no name' is empty", Assert.Throws<InvalidDataException>(() => AudioClip.Load(Stream.Null, "no name")).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("cat.wav", Assert.Throws<FileNotFoundException>(() => AudioClip.Load(folder["cat.wav"])).Message);
    }

    [Fact]
    public void A_folder_is_refused_as_one()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("is a folder", Assert.Throws<InvalidDataException>(() => AudioClip.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_clip_of_no_samples_is_refused() =>
        Assert.Equal("'dog.wav' holds 0 samples: nothing to encode.", Refusal(WaveBytes.Mono16()));

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public void A_truncated_header_is_refused_by_name(int length) =>
        Assert.Contains("ends after", Refusal(WaveBytes.Mono16(1, 2).ToArray()[..length]));

    [Theory]
    [InlineData(12, "fmt chunk")]
    [InlineData(30, "fmt chunk")]
    [InlineData(36, "data chunk")]
    [InlineData(43, "data chunk")]
    public void A_file_cut_before_its_samples_says_what_is_missing(int length, string missing) =>
        Assert.Contains(missing, Refusal(WaveBytes.Mono16(1, 2).ToArray()[..length]));

    [Fact]
    public void Anything_else_is_refused_with_the_formats_that_work()
    {
        string message = Refusal(Encoding.ASCII.GetBytes("These are the words of a poem, not its sound."));

        Assert.StartsWith("'dog.wav' is no audio file that is known here", message);
        Assert.Contains("WAV", message);
    }

    [Fact]
    public void A_container_that_is_recognised_is_named()
    {
        byte[] mpeg4 = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[200]];

        Assert.Contains("MPEG-4", Refusal(mpeg4));
    }

    [Theory]
    [InlineData(1, 0, 16000u, 16, "0 channels")]
    [InlineData(1, 1, 0u, 16, "0 Hz")]
    [InlineData(1, 1, 999u, 16, "999 Hz")]
    [InlineData(1, 1, 4000000000u, 16, "4000000000 Hz")]
    [InlineData(1, 1, 16000u, 0, "0 bits")]
    [InlineData(1, 1, 16000u, 17, "17 bits")]
    [InlineData(3, 1, 16000u, 16, "16 bits")]
    [InlineData(1, 65535, 16000u, 16, "65535 channels")]
    public void A_format_that_cannot_be_is_refused_with_its_value(int tag, int channels, uint rate, int bits, string value) =>
        Assert.Contains(value, Refusal(new WaveBytes().Format((ushort)tag, (ushort)channels, rate, (ushort)bits).Data(new byte[64])));

    [Fact]
    public void A_chunk_that_claims_more_than_the_file_holds_is_refused_without_allocating_it()
    {
        byte[] wave = new WaveBytes().Chunk("fmt ", new byte[16], claimedSize: 0x7FFFFFF0).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("claims 2147483632 bytes", Refusal(wave));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_data_chunk_that_claims_hours_allocates_only_for_what_is_there()
    {
        byte[] wave = new WaveBytes().Format(1, 1, 16000, 16).Data(WaveBytes.Bytes(1, 2, 3), claimedSize: 0x7FFFFFF0).ToArray();
        AudioClip.Load(new MemoryStream(wave));
        long before = GC.GetAllocatedBytesForCurrentThread();
        AudioClip.Load(new MemoryStream(wave));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_sample_that_is_not_finite_is_refused_with_its_position(float bad)
    {
        float[] samples = new float[40_000];
        samples[36_000] = bad;
        string message = Refusal(new WaveBytes().Format(3, 1, 16000, 32).Data(WaveBytes.Bytes(samples)));

        Assert.Contains("sample 36000 (2.250 s)", message);
    }

    [Fact]
    public void A_clip_made_by_hand_of_NaN_is_refused_with_its_position() =>
        Assert.Contains(
            "Sample 2 is NaN", Assert.Throws<ArgumentException>(() => new AudioClip(new[] { 0f, 1f, float.NaN }, 16000)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(768_001)]
    public void A_clip_of_an_impossible_rate_is_refused(int rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioClip(new float[1], rate));

    private static string Refusal(WaveBytes wave) => Refusal(wave.ToArray());

    private static string Refusal(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => AudioClip.Load(new MemoryStream(bytes), "dog.wav")).Message;
}
