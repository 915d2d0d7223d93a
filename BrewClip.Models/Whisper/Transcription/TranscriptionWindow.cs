namespace BrewClip.Models.Whisper.Transcription;

/// <summary>A stretch of sound that is decoded at once, in mel frames of 10 ms.</summary>
/// <param name="Seek">Its first frame.</param>
/// <param name="Size">Frames of sound in it, at most <paramref name="Capacity"/>; the rest is silence.</param>
/// <param name="Capacity">Frames that the model takes: 3000 for 30 s.</param>
internal readonly record struct TranscriptionWindow(int Seek, int Size, int Capacity)
{
    /// <summary>Seconds at which it begins.</summary>
    public double Offset => Seek / WindowPlanner.FramesPerSecond;

    /// <summary>Seconds of sound in it.</summary>
    public double Duration => Size / WindowPlanner.FramesPerSecond;

    /// <summary>Seconds at which a full window would end.</summary>
    public double CapacityEnd => (Seek + Capacity) / WindowPlanner.FramesPerSecond;
}
