namespace BrewClip.Core.Images;

/// <summary>How a JPEG of three components stores its chroma.</summary>
/// <param name="FramePosition">Where the frame header's marker begins in the file.</param>
/// <param name="Across">Pixels per chroma sample along a row, 1 to 4.</param>
/// <param name="Down">Pixels per chroma sample along a column, 1 to 4.</param>
internal readonly record struct JpegChroma(int FramePosition, int Across, int Down);
