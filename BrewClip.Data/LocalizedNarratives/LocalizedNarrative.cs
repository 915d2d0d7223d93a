namespace BrewClip.Data.LocalizedNarratives;

/// <summary>A spoken, written and pointed description of an image.</summary>
public sealed record LocalizedNarrative : SpokenImageCaption
{
    /// <summary>The caption in parts with their times; empty where the record has none.</summary>
    public IReadOnlyList<TimedUtterance> TimedCaption { get; init; } = [];

    /// <summary>The mouse's ways over the image; empty where the record has none, or reading them was not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<TracePoint>> Traces { get; init; } = [];
}

/// <summary>Some words of a narrative.</summary>
/// <param name="Text">The words.</param>
/// <param name="StartTime">Seconds from the recording's start.</param>
/// <param name="EndTime">Seconds from the recording's start; may equal the start.</param>
public readonly record struct TimedUtterance(string Text, double StartTime, double EndTime);

/// <summary>Where the mouse was.</summary>
/// <param name="X">From the left, 1 being the image's width; may lie outside 0 to 1.</param>
/// <param name="Y">From the top, 1 being the image's height; may lie outside 0 to 1.</param>
/// <param name="Time">Seconds from the recording's start.</param>
public readonly record struct TracePoint(double X, double Y, double Time);
