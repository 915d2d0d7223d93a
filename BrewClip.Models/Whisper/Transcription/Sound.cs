using BrewClip.Core.Audio;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// A clip as its windows are cut from it: samples, and the log-mel spectrogram of them all, followed by a window of silence.
/// </summary>
/// <remarks>
/// The spectrogram is computed over all of the sound at once, as openai/whisper's <c>transcribe</c> does: its floor lies 8 below the
/// maximum of the whole, not of each window.
/// </remarks>
internal sealed class Sound
{
    private readonly ReadOnlyMemory<float> _samples;
    private readonly float[] _mel;
    private readonly int _bins;
    private readonly int _stored;

    public Sound(AudioClip clip, LogMelSpectrogram spectrogram, int windowFrames)
    {
        var resampled = clip.Resample(LogMelSpectrogram.SampleRate);
        _samples = resampled.Samples;
        _bins = spectrogram.MelBins;
        Duration = clip.Duration;
        Frames = spectrogram.FrameCount(_samples.Length);
        if (Frames == 0)
        {
            _mel = [];
            return;
        }

        int silence = windowFrames * LogMelSpectrogram.HopLength;
        _stored = spectrogram.FrameCount(checked(_samples.Length + silence));
        _mel = new float[checked(_bins * _stored)];
        spectrogram.Compute(_samples.Span, silence, _mel);
    }

    public TimeSpan Duration { get; }

    /// <summary>Frames of sound, 10 ms each; the silence after them is not counted.</summary>
    public int Frames { get; }

    /// <summary>The samples of a window's sound.</summary>
    public ReadOnlySpan<float> Samples(TranscriptionWindow window)
    {
        int start = window.Seek * LogMelSpectrogram.HopLength;
        return _samples.Span.Slice(start, Math.Min(window.Size * LogMelSpectrogram.HopLength, _samples.Length - start));
    }

    /// <summary>A window's spectrogram [1, mel bins, capacity], zero after its sound.</summary>
    public Tensor Mel(TranscriptionWindow window) => Mel(window.Seek, window.Size, window.Capacity);

    /// <summary>The first window, with what follows the sound: what the language is told by. [1, mel bins, frames].</summary>
    public Tensor Opening(int frames) => Mel(0, Math.Min(frames, _stored), frames);

    private Tensor Mel(int start, int size, int capacity)
    {
        var values = new float[_bins * capacity];
        for (int bin = 0; bin < _bins; bin++)
        {
            _mel.AsSpan(bin * _stored + start, size).CopyTo(values.AsSpan(bin * capacity));
        }

        return tensor(values, [1, _bins, capacity]);
    }
}
