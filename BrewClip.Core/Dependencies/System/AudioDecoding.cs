using BrewClip.Core.Audio;

namespace BrewClip.Core.Dependencies;

/// <summary>Where the audio decoder of this build comes from: libsndfile.</summary>
internal static class AudioDecoding
{
    private static readonly SoundFileDecoder _decoder = new();

    /// <summary>The decoder; stateless and shared.</summary>
    public static IAudioDecoder CreateDecoder() => _decoder;
}
