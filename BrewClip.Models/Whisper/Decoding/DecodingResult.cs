namespace BrewClip.Models.Whisper.Decoding;

/// <summary>What one window of sound was decoded to.</summary>
public sealed record DecodingResult
{
    /// <summary>The generated tokens, timestamps included, without the prompt, the prefix and the end.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>Their text without timestamps and surrounding white space.</summary>
    public required string Text { get; init; }

    /// <summary>Code of the language that was given or detected.</summary>
    public required string Language { get; init; }

    /// <summary>The probability of each language by its code where it was detected, else null.</summary>
    public IReadOnlyDictionary<string, double>? LanguageProbabilities { get; init; }

    /// <summary>Sum of the tokens' log probabilities, divided by their number and one for the end. 0 or less.</summary>
    public required double AverageLogProbability { get; init; }

    /// <summary>The probability, at the start of the transcript, that nobody speaks. 0 to 1.</summary>
    public required double NoSpeechProbability { get; init; }

    /// <summary>The temperature at which the tokens were chosen.</summary>
    public required double Temperature { get; init; }

    /// <summary>Bytes of the text by bytes of its zlib compression: high where the text repeats itself.</summary>
    public required double CompressionRatio { get; init; }
}
