using System.Buffers.Binary;

namespace BrewClip.Core.Audio;

/// <summary>How the samples of a WAV's data chunk are stored; the values are the format tags of Microsoft's mmreg.h.</summary>
internal enum WaveEncoding
{
    /// <summary>Integers: 8 bit unsigned, more bits signed, little-endian.</summary>
    Pcm = 1,

    /// <summary>IEEE floats of 32 or 64 bits, little-endian.</summary>
    Float = 3,

    /// <summary>ITU-T G.711 A-law, 8 bit.</summary>
    ALaw = 6,

    /// <summary>ITU-T G.711 µ-law, 8 bit.</summary>
    MuLaw = 7,
}

/// <summary>What the fmt chunk of a WAV says, checked.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="Channels">Samples per frame, from 1 to <see cref="MaxChannels"/>.</param>
/// <param name="SampleRate">Frames per second, from 1 to <see cref="AudioClip.MaxSampleRate"/>.</param>
/// <param name="BitsPerSample">Bits of one stored sample: 8, 16, 24, 32 or 64.</param>
internal readonly record struct WaveFormat(WaveEncoding Encoding, int Channels, int SampleRate, int BitsPerSample)
{
    /// <summary>The most channels that are believed.</summary>
    public const int MaxChannels = 1024;

    /// <summary>The size of a canonical header.</summary>
    public const int HeaderBytes = 44;

    private const int ExtensibleTag = 0xFFFE;

    /// <summary>Bytes of one frame.</summary>
    public int BytesPerFrame => Channels * (BitsPerSample / 8);

    /// <summary>Reads a fmt chunk.</summary>
    /// <returns>Null where the encoding is one of those (ADPCM, GSM, MP3 in RIFF) whose bytes are not plain samples.</returns>
    /// <exception cref="InvalidDataException">The chunk is too short or claims what cannot be.</exception>
    public static WaveFormat? Parse(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < 16)
        {
            throw new InvalidDataException($"'{name}' has a fmt chunk of {chunk.Length} bytes: a WAV needs at least 16.");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag == ExtensibleTag)
        {
            if (chunk.Length < 26)
            {
                throw new InvalidDataException($"'{name}' has an extensible fmt chunk of {chunk.Length} bytes: it needs 40.");
            }

            // The sub-format GUID starts with the tag that the plain form would have had.
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        Require(channels is >= 1 and <= MaxChannels, name, $"{channels} channels", $"1 to {MaxChannels}");
        Require(rate is >= 1 and <= AudioClip.MaxSampleRate, name, $"a sample rate of {rate} Hz", $"1 to {AudioClip.MaxSampleRate} Hz");

        string? allowed = (WaveEncoding)tag switch
        {
            WaveEncoding.Pcm => bits is 8 or 16 or 24 or 32 ? null : "8, 16, 24 or 32",
            WaveEncoding.Float => bits is 32 or 64 ? null : "32 or 64",
            WaveEncoding.ALaw or WaveEncoding.MuLaw => bits is 8 ? null : "8",
            _ => "",
        };
        if (allowed == "")
        {
            return null;
        }

        Require(allowed is null, name, $"{bits} bits per {(WaveEncoding)tag} sample", allowed);
        return new WaveFormat((WaveEncoding)tag, channels, (int)rate, bits);
    }

    /// <summary>Writes the 44 bytes that precede <paramref name="dataBytes"/> bytes of samples in a canonical WAV.</summary>
    public void WriteHeader(Span<byte> header, uint dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], HeaderBytes - 8 + dataBytes + (dataBytes & 1));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], (ushort)Encoding);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)SampleRate * (uint)BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)BitsPerSample);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataBytes);
    }

    private static void Require(bool condition, string name, string claim, string? allowed)
    {
        if (!condition)
        {
            throw new InvalidDataException($"'{name}' claims {claim}; what can be read is {allowed}.");
        }
    }
}
