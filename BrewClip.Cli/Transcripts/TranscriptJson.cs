using System.Text.Json.Serialization;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Cli.Transcripts;

/// <summary>A transcript with the names that openai/whisper's own writer gives to its parts.</summary>
internal sealed record TranscriptJson(string File, string? Language, string Text, IReadOnlyList<SegmentJson> Segments)
{
    public static TranscriptJson Of(string file, Transcript transcript) =>
        new(file, transcript.Language, transcript.Text, [.. transcript.Segments.Select(SegmentJson.Of)]);
}

/// <summary>A segment; <c>words</c> is there where words were timed.</summary>
internal sealed record SegmentJson(int Id, int Seek, double Start, double End, string Text, IReadOnlyList<int> Tokens, double Temperature)
{
    [JsonPropertyName("avg_logprob")]
    public required double AverageLogProbability { get; init; }

    [JsonPropertyName("compression_ratio")]
    public required double CompressionRatio { get; init; }

    [JsonPropertyName("no_speech_prob")]
    public required double NoSpeechProbability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WordJson>? Words { get; init; }

    public static SegmentJson Of(TranscriptSegment segment) =>
        new(segment.Id, segment.Seek, segment.Start, segment.End, segment.Text, segment.Tokens, segment.Temperature)
        {
            AverageLogProbability = segment.AverageLogProbability,
            CompressionRatio = segment.CompressionRatio,
            NoSpeechProbability = segment.NoSpeechProbability,
            Words = segment.Words?.Select(word => new WordJson(word.Text, word.Start, word.End, word.Probability)).ToArray(),
        };
}

/// <summary>A timed word.</summary>
internal sealed record WordJson(string Word, double Start, double End, double Probability);
