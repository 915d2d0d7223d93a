namespace BrewClip.Core.Audio;

/// <summary>The samples of a WAV, found by <see cref="RiffReader"/>.</summary>
/// <param name="Name">What messages call the file.</param>
/// <param name="Format">How the samples are stored.</param>
/// <param name="Samples">The data chunk alone, whole frames, clamped to what the file holds: readable, seekable, at its start.</param>
internal sealed record WaveData(string Name, WaveFormat Format, Stream Samples)
{
    /// <summary>Frames in <see cref="Samples"/>.</summary>
    public long Frames => Samples.Length / Format.BytesPerFrame;
}
