using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Tests.Models.Whisper.Transcription;

/// <summary>Decoding results made by hand.</summary>
internal static class Results
{
    public static DecodingResult Of(IReadOnlyList<int> tokens) => new()
    {
        Tokens = tokens,
        Text = "text",
        Language = "en",
        AverageLogProbability = -0.5,
        NoSpeechProbability = 0.1,
        Temperature = 0,
        CompressionRatio = 1,
    };
}
