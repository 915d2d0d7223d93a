using System.Numerics.Tensors;
using BrewClip.Core.Audio;

namespace BrewClip.Models.Brew;

/// <summary>
/// An utterance as windows that Whisper's encoder takes (30 s). One that fits is its own single window; a longer one is cut where it is
/// quietest, so that no word is halved.
/// </summary>
/// <remarks>
/// The log-mel floor lies 8 below the maximum of the whole utterance, and what follows a window's sound is filled with that floor, which is
/// what silence becomes.
/// </remarks>
internal sealed class UtteranceWindows
{
    // A cut is looked for in the last five seconds of a window, at the quietest tenth of a second.
    private const int SearchSamples = 5 * LogMelSpectrogram.SampleRate;
    private const int Stretch = LogMelSpectrogram.SampleRate / 10;

    private readonly ReadOnlyMemory<float> _samples;
    private readonly List<(int Start, int Length)> _windows = [];
    private readonly float[] _mel;
    private readonly int _bins;
    private readonly int _frames;
    private readonly int _stored;

    /// <param name="clip">Sound of any length above 0 and any rate.</param>
    /// <param name="spectrogram">Whisper's front end.</param>
    /// <param name="frames">Mel frames that the encoder takes, 3000 for 30 s.</param>
    public UtteranceWindows(AudioClip clip, LogMelSpectrogram spectrogram, int frames)
    {
        (_bins, _frames) = (spectrogram.MelBins, frames);
        _samples = clip.Resample(LogMelSpectrogram.SampleRate).Samples;
        int capacity = frames * LogMelSpectrogram.HopLength;
        Cut(capacity);
        int silence = _windows.Count == 1 ? capacity - _windows[0].Length : capacity;
        _stored = spectrogram.FrameCount(checked(_samples.Length + silence));
        _mel = new float[checked(_bins * _stored)];
        spectrogram.Compute(_windows.Count == 1 ? Samples(0) : _samples.Span, silence, _mel);
    }

    /// <summary>How many windows there are, at least 1.</summary>
    public int Count => _windows.Count;

    /// <summary>A window's sound, 16 kHz.</summary>
    public ReadOnlySpan<float> Samples(int window) => _samples.Span.Slice(_windows[window].Start, _windows[window].Length);

    /// <summary>Seconds of sound in a window.</summary>
    public double Seconds(int window) => _windows[window].Length / (double)LogMelSpectrogram.SampleRate;

    /// <summary>Fills in a window's log-mel spectrogram [mel bins, frames], row-major.</summary>
    public void CopyMel(int window, Span<float> destination)
    {
        if (Count == 1)
        {
            _mel.CopyTo(destination);
            return;
        }

        int start = _windows[window].Start / LogMelSpectrogram.HopLength;
        int size = Math.Min(_frames, (_windows[window].Length + LogMelSpectrogram.HopLength - 1) / LogMelSpectrogram.HopLength);
        for (int bin = 0; bin < _bins; bin++)
        {
            var row = _mel.AsSpan(bin * _stored, _stored);
            var target = destination.Slice(bin * _frames, _frames);
            row.Slice(start, size).CopyTo(target);
            target[size..].Fill(row[^1]);
        }
    }

    private void Cut(int capacity)
    {
        int start = 0;
        while (_samples.Length - start > capacity)
        {
            int length = QuietestCut(start, capacity);
            _windows.Add((start, length));
            start += length;
        }

        // A remainder of less than a tenth of a second holds no word.
        if (_windows.Count == 0 || _samples.Length - start >= Stretch)
        {
            _windows.Add((start, _samples.Length - start));
        }
    }

    // The length of the window that begins at a sample: whole mel frames.
    private int QuietestCut(int start, int capacity)
    {
        int from = capacity - Math.Min(SearchSamples, capacity / 2), best = capacity;
        float least = float.PositiveInfinity;
        for (int at = from; at + Stretch <= capacity; at += LogMelSpectrogram.HopLength)
        {
            float energy = TensorPrimitives.SumOfSquares(_samples.Span.Slice(start + at, Stretch));
            if (energy < least)
            {
                (least, best) = (energy, at + Stretch / 2);
            }
        }

        return best / LogMelSpectrogram.HopLength * LogMelSpectrogram.HopLength;
    }
}
