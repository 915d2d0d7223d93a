namespace BrewClip.Data.LocalizedNarratives;

/// <summary>Some words of a narrative.</summary>
/// <param name="Text">The words.</param>
/// <param name="StartTime">Seconds from the recording's start.</param>
/// <param name="EndTime">Seconds from the recording's start; may equal the start.</param>
public readonly record struct TimedUtterance(string Text, double StartTime, double EndTime);
