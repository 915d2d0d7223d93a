using BrewClip.Core.Audio;

namespace BrewClip.Core.Dependencies;

/// <summary>Audio decoding through libsndfile: WAV, FLAC, Ogg Vorbis, Opus, MP3 and whatever else the installed version knows.</summary>
internal sealed class SoundFileDecoder : IAudioDecoder
{
    public string SupportedFormats => "WAV, FLAC, Ogg Vorbis, Opus and MP3";

    public IAudioSource OpenWave(WaveData wave)
    {
        // The chunks have been read already: what is left is a run of raw samples.
        var info = new SoundFileInfo
        {
            SampleRate = wave.Format.SampleRate,
            Channels = wave.Format.Channels,
            Format = SoundFileInfo.RawLittleEndian | SampleFormat(wave.Format),
        };
        return SoundFileSource.Open(wave.Samples, wave.Name, info)
            ?? throw new InvalidDataException($"'{wave.Name}' could not be opened as {wave.Format}.");
    }

    public IAudioSource Open(Stream stream, string name) =>
        SoundFileSource.Open(stream, name, default) ?? throw AudioContainer.Refuse(stream, name, SupportedFormats);

    /// <summary>The SF_FORMAT_ constants of sndfile.h.</summary>
    private static int SampleFormat(WaveFormat format) => (format.Encoding, format.BitsPerSample) switch
    {
        (WaveEncoding.Pcm, 8) => 0x0005,
        (WaveEncoding.Pcm, 16) => 0x0002,
        (WaveEncoding.Pcm, 24) => 0x0003,
        (WaveEncoding.Pcm, _) => 0x0004,
        (WaveEncoding.Float, 32) => 0x0006,
        (WaveEncoding.Float, _) => 0x0007,
        (WaveEncoding.MuLaw, _) => 0x0010,
        _ => 0x0011,
    };
}
