namespace BrewClip.Models.Whisper.Transcription;

/// <summary>A word while its times and its punctuation are still being found.</summary>
internal sealed class WordDraft(string text, int tokens, double start, double end, double probability)
{
    /// <summary>Empty once it has been merged into a neighbour.</summary>
    public string Text { get; set; } = text;

    /// <summary>How many tokens spell it.</summary>
    public int Tokens { get; set; } = tokens;

    /// <summary>Seconds, from the window's start while it is aligned and from the sound's start in a segment.</summary>
    public double Start { get; set; } = start;

    public double End { get; set; } = end;

    public double Probability { get; } = probability;

    public double Duration => End - Start;
}
