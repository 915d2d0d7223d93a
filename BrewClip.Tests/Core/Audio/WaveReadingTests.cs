using BrewClip.Core.Audio;

namespace BrewClip.Tests.Core.Audio;

public sealed class WaveReadingTests
{
    [Fact]
    public void Sixteen_bit_samples_are_divided_by_32768_exactly()
    {
        AudioClip clip = Load(WaveBytes.Mono16(0, 1, -1, 32767, -32768, 12345));

        Assert.Equal([0, 1 / 32768f, -1 / 32768f, 32767 / 32768f, -1, 12345 / 32768f], clip.Samples.ToArray());
        Assert.Equal(16000, clip.SampleRate);
    }

    [Fact]
    public void Eight_bit_samples_are_unsigned_around_128() =>
        Assert.Equal([-1, 0, 127 / 128f], Load(new WaveBytes().Format(1, 1, 8000, 8).Data([0, 128, 255])).Samples.ToArray());

    [Fact]
    public void Twenty_four_bit_samples_fill_the_same_range() =>
        Assert.Equal([1 / 8388608f, -1, 8388607 / 8388608f], Load(
            new WaveBytes().Format(1, 1, 8000, 24).Data([1, 0, 0, 0, 0, 0x80, 0xFF, 0xFF, 0x7F])).Samples.ToArray());

    [Fact]
    public void Thirty_two_bit_samples_fill_the_same_range() =>
        Assert.Equal([0.5f, -1], Load(
            new WaveBytes().Format(1, 1, 8000, 32).Data([0, 0, 0, 0x40, 0, 0, 0, 0x80])).Samples.ToArray());

    [Fact]
    public void Float_samples_are_kept_as_they_are() =>
        Assert.Equal([0.125f, -1.5f], Load(new WaveBytes().Format(3, 1, 8000, 32).Data(WaveBytes.Bytes(0.125f, -1.5f))).Samples.ToArray());

    [Theory]
    [InlineData(1, 16)]
    [InlineData(3, 32)]
    public void The_extensible_form_means_what_its_sub_format_says(int tag, int bits)
    {
        byte[] data = tag == 3 ? WaveBytes.Bytes(0.25f) : WaveBytes.Bytes((short)8192);

        Assert.Equal([0.25f], Load(new WaveBytes().ExtensibleFormat((ushort)tag, 1, 16000, (ushort)bits).Data(data)).Samples.ToArray());
    }

    [Fact]
    public void Channels_are_averaged() =>
        Assert.Equal([0.25f, -0.375f], Load(
            new WaveBytes().Format(1, 2, 16000, 16).Data(WaveBytes.Bytes(8192, 8192, -8192, -16384))).Samples.ToArray());

    [Fact]
    public void Chunks_before_and_after_the_data_are_not_sound()
    {
        AudioClip clip = Load(new WaveBytes().Format(1, 1, 16000, 16).Chunk("FLLR", new byte[4044]).Chunk("LIST", "INFOdata"u8.ToArray())
            .Data(WaveBytes.Bytes(1, 2, 3)).Chunk("LIST", new byte[26]).Chunk("bext", new byte[602]).Chunk("_PMX", new byte[99]));

        Assert.Equal([1 / 32768f, 2 / 32768f, 3 / 32768f], clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_odd_chunk_is_skipped_with_or_without_its_padding(bool isPadded)
    {
        AudioClip clip = Load(
            new WaveBytes().Format(1, 1, 16000, 16).Chunk("note", new byte[7], isPadded: isPadded).Data(WaveBytes.Bytes(5)));

        Assert.Equal([5 / 32768f], clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(1_000_000_000u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    public void A_data_size_larger_than_the_file_is_clamped_to_it(uint claimed)
    {
        AudioClip clip = Load(new WaveBytes().Format(1, 1, 16000, 16).Data(WaveBytes.Bytes(1, 2, 3, 4), claimed));

        Assert.Equal(4, clip.Samples.Length);
    }

    [Fact]
    public void Sizes_that_were_never_filled_in_mean_the_rest_of_the_file()
    {
        AudioClip clip = Load(new WaveBytes { RiffSize = 0 }.Format(1, 1, 16000, 16).Data(WaveBytes.Bytes(1, 2, 3), claimedSize: 0));

        Assert.Equal(3, clip.Samples.Length);
    }

    [Fact]
    public void The_64_bit_form_takes_its_size_from_the_ds64_chunk()
    {
        byte[] sizes =
            [.. BitConverter.GetBytes(0L), .. BitConverter.GetBytes(4L), .. BitConverter.GetBytes(2L), .. BitConverter.GetBytes(0)];
        var wave = new WaveBytes { Form = "RF64", RiffSize = uint.MaxValue }
            .Chunk("ds64", sizes).Format(1, 1, 16000, 16).Data(WaveBytes.Bytes(7, 8), uint.MaxValue).Chunk("LIST", new byte[8]);

        Assert.Equal(2, Load(wave).Samples.Length);
    }

    [Fact]
    public void Half_a_frame_at_the_end_is_dropped() =>
        Assert.Equal(2, Load(new WaveBytes().Format(1, 2, 16000, 16).Data(WaveBytes.Bytes(1, 2, 3, 4, 5), claimedSize: 11)).Samples.Length);

    [Fact]
    public void One_sample_is_a_clip() => Assert.Equal([0.5f], Load(WaveBytes.Mono16(16384)).Samples.ToArray());

    [Fact]
    public void A_stream_is_read_from_where_it_stands_and_stays_open()
    {
        using var stream = new MemoryStream([9, 9, 9, .. WaveBytes.Mono16(1, 2).ToArray()]) { Position = 3 };

        Assert.Equal(2, AudioClip.Load(stream).Samples.Length);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_too()
    {
        using var pipe = new ForwardOnlyStream(WaveBytes.Mono16(1, 2, 3).ToArray());

        Assert.Equal(3, AudioClip.Load(pipe).Samples.Length);
    }

    private static AudioClip Load(WaveBytes wave) => AudioClip.Load(new MemoryStream(wave.ToArray()), "test.wav");

    private sealed class ForwardOnlyStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
