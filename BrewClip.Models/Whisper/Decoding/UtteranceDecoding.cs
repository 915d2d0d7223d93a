namespace BrewClip.Models.Whisper.Decoding;

/// <summary>One utterance of a batch while it is decoded.</summary>
internal sealed class UtteranceDecoding(int index, UtteranceStart start, ITokenSelector selector)
{
    /// <summary>Its place among the results.</summary>
    public int Index { get; } = index;

    public UtteranceStart Start { get; } = start;

    public ITokenSelector Selector { get; } = selector;

    public bool Completed { get; set; }

    /// <summary>The probability of no speech after the start of the transcript.</summary>
    public double NoSpeechProbability { get; set; } = double.NaN;
}
