using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Every decoding of the reference, token for token.</summary>
public class GoldenDecodingTests(ShortRecording recording) : IClassFixture<ShortRecording>
{
    public static TheoryData<string> Names => [.. GoldenDecoding.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tokens_and_probabilities_equal_the_reference(string name)
    {
        var golden = GoldenDecoding.Read(name, idsOnly: true);
        AssertEqual(golden, Decode(golden, WhisperTokenizers.IdsOnly));
    }

    [SharedFact(WhisperTokenizers.Published)]
    public void Texts_and_compression_ratios_equal_the_reference()
    {
        foreach (var golden in GoldenDecoding.Names.Select(name => GoldenDecoding.Read(name, idsOnly: false)))
        {
            var result = Decode(golden, WhisperTokenizers.Multilingual);
            AssertEqual(golden, result);
            Assert.Equal(golden.Expected.GetProperty("text").GetString(), result.Text);
            Assert.Equal(golden.Expected.GetProperty("compression_ratio").GetDouble(), result.CompressionRatio, 12);
        }
    }

    [Fact]
    public void Languages_are_told_with_the_references_probabilities()
    {
        var detected = new DecodingTask(recording.Whisper, WhisperTokenizers.IdsOnly).DetectLanguages(recording.Features)[0];
        Assert.Equal(GoldenDecoding.Languages.GetProperty("best").GetString(), detected.Language);
        Assert.Equal(1, detected.Probabilities.Values.Sum(), 1e-6);
        var likeliest = detected.Probabilities.OrderByDescending(language => language.Value);
        foreach (var (expected, actual) in GoldenDecoding.Languages.GetProperty("top5").EnumerateArray().Zip(likeliest))
        {
            Assert.Equal(expected[0].GetString(), actual.Key);
            AssertClose(expected[1].GetDouble(), actual.Value);
        }
    }

    private DecodingResult Decode(GoldenDecoding golden, WhisperTokenizer tokenizer)
    {
        using var features = recording.Features.narrow(0, 0, 1);
        return new DecodingTask(recording.Whisper, tokenizer, golden.Options).DecodeFeatures(features)[0];
    }

    private static void AssertEqual(GoldenDecoding golden, DecodingResult result)
    {
        Assert.Equal(golden.Tokens, result.Tokens);
        Assert.Equal(golden.Expected.GetProperty("language").GetString(), result.Language);
        AssertClose(golden.Expected.GetProperty("avg_logprob").GetDouble(), result.AverageLogProbability);
        AssertClose(golden.Expected.GetProperty("no_speech_prob").GetDouble(), result.NoSpeechProbability);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-4);
}
