namespace BrewClip.Core.Audio;

/// <summary>Decoded audio, read forward in blocks. Not thread-safe.</summary>
internal interface IAudioSource : IDisposable
{
    /// <summary>Frames per second, as the file claims; not yet checked.</summary>
    int SampleRate { get; }

    /// <summary>Samples per frame, at least 1.</summary>
    int Channels { get; }

    /// <summary>Frames that the file claims to hold, or null where it does not say. Never to be trusted with an allocation.</summary>
    long? ClaimedFrames { get; }

    /// <summary>
    /// Reads up to <paramref name="interleaved"/>.Length / <see cref="Channels"/> frames; integers are scaled by their full scale (16
    /// bit: / 32768).
    /// </summary>
    /// <returns>The frames read; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The data is damaged here.</exception>
    int ReadFrames(Span<float> interleaved);
}
