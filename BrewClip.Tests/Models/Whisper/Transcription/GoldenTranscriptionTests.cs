using System.Text.Json;
using BrewClip.Core.Audio;
using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Models.Whisper.Decoding;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Transcription;

/// <summary>The reference's transcriptions of seventy seconds, segment for segment.</summary>
public class GoldenTranscriptionTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    private const string FewTokens = "every id below 50257 that 997 does not divide";

    // " A spoken caption." in the published vocabulary.
    private static readonly int[] _prompt = [316, 10759, 31974, 13];

    private static readonly JsonElement _golden = JsonDocument.Parse(
        File.ReadAllText(TestFiles.Golden("whisper", "transcribe.json"))).RootElement;

    [Theory]
    [InlineData("plain", null, true, false)]
    [InlineData("few_tokens", FewTokens, true, false)]
    [InlineData("few_tokens_no_condition", FewTokens, false, false)]
    [InlineData("few_tokens_prompt", FewTokens, true, true)]
    public void Segments_equal_the_reference(string name, string? suppressed, bool condition, bool prompt)
    {
        var transcript = Transcribe(WhisperTokenizers.IdsOnly, new TranscriptionOptions
        {
            Decoding = new() { SuppressTokens = GoldenDecoding.Suppressed(suppressed, idsOnly: true) },
            ConditionOnPreviousText = condition,
            InitialPromptTokens = prompt ? _prompt : null,
        });
        AssertEqual(_golden.GetProperty(name), transcript);
    }

    [SharedFact(WhisperTokenizers.Published)]
    public void Texts_and_compression_ratios_equal_the_reference()
    {
        Assert.Equal(_prompt, WhisperTokenizers.Multilingual.Encode(" A spoken caption."));
        var options =
            new TranscriptionOptions { Decoding = new() { SuppressTokens = GoldenDecoding.Suppressed(FewTokens, idsOnly: false) } };
        foreach (var (name, given) in new[]
        {
            ("plain", new TranscriptionOptions()),
            ("few_tokens_prompt", options with { InitialPrompt = "A spoken caption." }),
        })
        {
            var transcript = Transcribe(WhisperTokenizers.Multilingual, given);
            var expected = _golden.GetProperty(name);
            AssertEqual(expected, transcript);
            Assert.Equal(expected.GetProperty("text").GetString(), transcript.Text);
            Assert.Equal(
                expected.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("compression_ratio").GetDouble()),
                transcript.Segments.Select(segment => segment.CompressionRatio));
        }
    }

    private Transcript Transcribe(WhisperTokenizer tokenizer, TranscriptionOptions options)
    {
        var clip = AudioClip.Load(TestFiles.Golden("whisper", "long.wav"));
        return new Transcriber(models.Whisper, tokenizer).Transcribe(clip, options with
        {
            Decoding = options.Decoding with { Language = "en", MaxTokens = 40 },
            Temperatures = [0],
        });
    }

    private static void AssertEqual(JsonElement expected, Transcript actual)
    {
        var segments = expected.GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(segments.Select(Tokens), actual.Segments.Select(segment => string.Join(' ', segment.Tokens)));
        foreach (var (golden, segment) in segments.Zip(actual.Segments))
        {
            Assert.Equal(golden.GetProperty("seek").GetInt32(), segment.Seek);
            Assert.Equal(golden.GetProperty("start").GetDouble(), segment.Start, 1e-9);
            Assert.Equal(golden.GetProperty("end").GetDouble(), segment.End, 1e-9);
            AssertClose(golden.GetProperty("avg_logprob").GetDouble(), segment.AverageLogProbability);
            AssertClose(golden.GetProperty("no_speech_prob").GetDouble(), segment.NoSpeechProbability);
        }

        static string Tokens(JsonElement segment) => string.Join(' ', segment.GetProperty("tokens").Deserialize<int[]>()!);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * 1e-4);
}
