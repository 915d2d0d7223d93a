namespace BrewClip.Data.LocalizedNarratives;

/// <summary>Where the mouse was.</summary>
/// <param name="X">From the left, 1 being the image's width; may lie outside 0 to 1.</param>
/// <param name="Y">From the top, 1 being the image's height; may lie outside 0 to 1.</param>
/// <param name="Time">Seconds from the recording's start.</param>
public readonly record struct TracePoint(double X, double Y, double Time);
