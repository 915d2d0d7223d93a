using BrewClip.Core.Audio;

namespace BrewClip.Core.Dependencies;

/// <summary>Where the audio decoder of this build comes from: NWaves.</summary>
internal static class AudioDecoding
{
    private static readonly NWavesDecoder _decoder = new();

    /// <summary>The decoder; stateless and shared.</summary>
    public static IAudioDecoder CreateDecoder() => _decoder;
}
