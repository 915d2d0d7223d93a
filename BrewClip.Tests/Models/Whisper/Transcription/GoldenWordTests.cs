using System.Text.Json;
using BrewClip.Core.Audio;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Transcription;

/// <summary>Words and their times as openai/whisper finds them with the same formula weights.</summary>
public class GoldenWordTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    private static readonly JsonElement _golden = JsonDocument.Parse(
        File.ReadAllText(TestFiles.Golden("whisper", "words.json"))).RootElement;

    // The last window of these forty seconds is one position long, where the reference divides by zero and times words before it.
    private const int LastSeek = 3936;

    [SharedFact(WhisperTokenizers.Published)]
    public void Words_equal_the_reference()
    {
        var expected = _golden.GetProperty("plain");
        var transcript = new Transcriber(models.Whisper, WhisperTokenizers.Multilingual).Transcribe(
            AudioClip.Load(TestFiles.Golden("whisper", "long.wav")),
            new TranscriptionOptions
            {
                Decoding = new() { Language = "en", MaxTokens = 40 },
                Temperatures = [0],
                Timestamps = TimestampDetail.Word,
                ClipTimestamps = [0, 40],
            });
        Assert.Equal(expected.GetProperty("text").GetString(), transcript.Text);
        var segments = expected.GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(segments.Length, transcript.Segments.Count);
        foreach (var (golden, segment) in segments.Zip(transcript.Segments)
            .Where(pair => pair.First.GetProperty("seek").GetInt32() <= LastSeek))
        {
            Assert.Equal(golden.GetProperty("seek").GetInt32(), segment.Seek);
            Assert.Equal(golden.GetProperty("start").GetDouble(), segment.Start, 1e-6);
            Assert.Equal(golden.GetProperty("end").GetDouble(), segment.End, 1e-6);
            var words = golden.GetProperty("words").EnumerateArray().ToArray();
            Assert.Equal(words.Select(word => word[0].GetString()), segment.Words!.Select(word => word.Text));
            foreach (var (word, actual) in words.Zip(segment.Words!))
            {
                Assert.Equal(word[1].GetDouble(), actual.Start, 1e-6);
                Assert.Equal(word[2].GetDouble(), actual.End, 1e-6);
                Assert.Equal(word[3].GetDouble(), actual.Probability, 1e-6);
            }
        }
    }
}
