using BrewClip.Models.Whisper.Decoding;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Every decoding of the reference, token for token.</summary>
public class GoldenDecodingTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    public static TheoryData<string> Names => [.. GoldenDecoding.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tokens_and_probabilities_equal_the_reference(string name)
    {
        var golden = GoldenDecoding.Read(name, idsOnly: true);
        var task = new DecodingTask(models.Whisper, WhisperTokenizers.IdsOnly, golden.Options);
        using var mel = WhisperInputs.ShortMel();
        AssertEqual(golden, task.Decode(mel));
    }

    [SharedFact(WhisperTokenizers.Published)]
    public void Texts_and_compression_ratios_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        var features = models.Whisper.Encoder.Encode(WhisperInputs.ShortMel());
        foreach (var golden in GoldenDecoding.Names.Select(name => GoldenDecoding.Read(name, idsOnly: false)))
        {
            var result = new DecodingTask(models.Whisper, WhisperTokenizers.Multilingual, golden.Options).DecodeFeatures(features)[0];
            AssertEqual(golden, result);
            Assert.Equal(golden.Expected.GetProperty("text").GetString(), result.Text);
            Assert.Equal(golden.Expected.GetProperty("compression_ratio").GetDouble(), result.CompressionRatio, 12);
        }
    }

    [Fact]
    public void Languages_are_told_with_the_references_probabilities()
    {
        using var scope = NewDisposeScope();
        var features = models.Whisper.Encoder.Encode(WhisperInputs.ShortMel());
        var detected = new DecodingTask(models.Whisper, WhisperTokenizers.IdsOnly).DetectLanguages(features)[0];
        Assert.Equal(GoldenDecoding.Languages.GetProperty("best").GetString(), detected.Language);
        Assert.Equal(1, detected.Probabilities.Values.Sum(), 1e-6);
        var likeliest = detected.Probabilities.OrderByDescending(language => language.Value);
        foreach (var (expected, actual) in GoldenDecoding.Languages.GetProperty("top5").EnumerateArray().Zip(likeliest))
        {
            Assert.Equal(expected[0].GetString(), actual.Key);
            AssertClose(expected[1].GetDouble(), actual.Value);
        }
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
