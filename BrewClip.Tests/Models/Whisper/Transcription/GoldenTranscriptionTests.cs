using System.Text.Json;
using BrewClip.Core.Audio;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;
using BrewClip.Tests.Models.Whisper.Decoding;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public class Scratch(FormulaModelFixture models, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<FormulaModelFixture>
{
    [Fact]
    public void Search()
    {
        var t = new Transcriber(models.Whisper, WhisperTokenizers.Multilingual);
        var clip = AudioClip.Load(TestFiles.Golden("whisper", "long.wav"));
        output.WriteLine($"{clip.Duration}");
        var few = GoldenDecoding.Suppressed("every id below 50257 that 997 does not divide", false);
        foreach (var (name, o) in new (string, TranscriptionOptions)[] {
            ("plain", new() { Decoding = new() { Language = "en", MaxTokens = 48 }, Temperatures = [0] }),
            ("plain64", new() { Decoding = new() { Language = "en", MaxTokens = 64 }, Temperatures = [0] }),
            ("few64", new() { Decoding = new() { Language = "en", MaxTokens = 64, SuppressTokens = few }, Temperatures = [0] }),
            ("few48", new() { Decoding = new() { Language = "en", MaxTokens = 48, SuppressTokens = few }, Temperatures = [0] }),
            ("nocond", new() { Decoding = new() { Language = "en", MaxTokens = 48, SuppressTokens = few }, Temperatures = [0], ConditionOnPreviousText = false }),
            ("prompt", new() { Decoding = new() { Language = "en", MaxTokens = 48, SuppressTokens = few }, Temperatures = [0], InitialPrompt = "hello world" }),
        })
        {
            var r = t.Transcribe(clip, o with { LogProbabilityThreshold = null, CompressionRatioThreshold = null });
            output.WriteLine($"{name} {r.Text}");
            foreach (var s in r.Segments) output.WriteLine($"  {s.Seek} {s.Start} {s.End} [{string.Join(',', s.Tokens)}] {s.AverageLogProbability} {s.NoSpeechProbability} {s.CompressionRatio}");
        }
    }
}
