namespace BrewClip.Core.Audio;

/// <summary>The seam to the library that decodes audio. Stateless, so safe to use from any thread.</summary>
internal interface IAudioDecoder
{
    /// <summary>
    /// The containers that <see cref="Open"/> and <see cref="OpenWave"/> read between them, as a message says them: "WAV, FLAC and MP3".
    /// </summary>
    string SupportedFormats { get; }

    /// <summary>Decodes the samples of a WAV whose chunks have already been read and checked.</summary>
    /// <exception cref="InvalidDataException">The library does not read this encoding.</exception>
    IAudioSource OpenWave(WaveData wave);

    /// <summary>Decodes any other container.</summary>
    /// <param name="stream">Readable, seekable, positioned at its start; it stays open and is left alone until the source is
    /// disposed.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The container is damaged or not supported; the message names those that are.</exception>
    IAudioSource Open(Stream stream, string name);
}
