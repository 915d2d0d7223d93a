using BrewClip.Core.Audio;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Which stretch of sound is decoded next: windows that follow one another through the clips that were asked for.</summary>
internal sealed class WindowPlanner
{
    /// <summary>Mel frames of a second.</summary>
    public const double FramesPerSecond = (double)LogMelSpectrogram.SampleRate / LogMelSpectrogram.HopLength;

    private readonly (int Start, int End)[] _clips;
    private readonly int _frames;
    private readonly int _capacity;
    private int _clip;
    private int _seek;

    /// <param name="frames">Mel frames of the sound.</param>
    /// <param name="capacity">Mel frames of a window.</param>
    /// <param name="clipTimestamps">As in <see cref="TranscriptionOptions.ClipTimestamps"/>.</param>
    public WindowPlanner(int frames, int capacity, IReadOnlyList<double> clipTimestamps)
    {
        (_frames, _capacity) = (frames, capacity);
        var points = clipTimestamps.Select(seconds => (int)Math.Round(seconds * FramesPerSecond)).ToList();
        if (points.Count == 0)
        {
            points.Add(0);
        }

        if (points.Count % 2 == 1)
        {
            points.Add(frames);
        }

        // A clip that reaches past the end of the sound ends with it.
        _clips = [.. points.Chunk(2).Select(pair => (pair[0], Math.Min(pair[1], frames)))];
        _seek = _clips[0].Start;
    }

    /// <summary>The frame that is read next; the number of frames once all has been read.</summary>
    public int Position => Math.Min(_seek, _frames);

    /// <summary>The next window, or null when all has been read.</summary>
    public TranscriptionWindow? Next()
    {
        while (_clip < _clips.Length)
        {
            var (start, end) = _clips[_clip];
            _seek = Math.Max(_seek, start);
            if (_seek < end)
            {
                return new TranscriptionWindow(_seek, Math.Min(_capacity, end - _seek), _capacity);
            }

            // The model may place an end past that of a clip, where it heard nothing: the next clip is heard from its start all the same.
            if (++_clip < _clips.Length)
            {
                _seek = _clips[_clip].Start;
            }
        }

        _seek = _frames;
        return null;
    }

    /// <summary>
    /// Goes on from a frame. A place at or before the window's own start would repeat it for ever: then the window is passed over.
    /// </summary>
    public void Continue(TranscriptionWindow window, int seek) => _seek = seek > window.Seek ? seek : window.Seek + window.Size;
}
