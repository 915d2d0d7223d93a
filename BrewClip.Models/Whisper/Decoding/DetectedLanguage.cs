namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The language that a window of sound seems to be in.</summary>
/// <param name="Language">Code of the likeliest.</param>
/// <param name="Probabilities">The probability of each language by its code; they add up to 1.</param>
public sealed record DetectedLanguage(string Language, IReadOnlyDictionary<string, double> Probabilities);
