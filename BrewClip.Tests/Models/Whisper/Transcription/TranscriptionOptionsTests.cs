using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public class TranscriptionOptionsTests
{
    public static TheoryData<string, TranscriptionOptions> Contradictions => new()
    {
        { "Temperatures is empty", new() { Temperatures = [] } },
        { "Temperature is -1", new() { Temperatures = [0, -1] } },
        { "give it as InitialPrompt", new() { Decoding = new() { Prompt = "a" } } },
        { "give InitialPrompt or InitialPromptTokens", new() { InitialPrompt = "a", InitialPromptTokens = [1] } },
        { "needs timed words", new() { HallucinationSilenceThreshold = 1 } },
        { "HallucinationSilenceThreshold is -1", new() { HallucinationSilenceThreshold = -1, Timestamps = TimestampDetail.Word } },
        { "SilenceLevel is NaN", new() { SilenceLevel = double.NaN } },
        { "not a number", new() { NoSpeechThreshold = double.NaN } },
        { "ClipTimestamps holds 1 after 2", new() { ClipTimestamps = [2, 1] } },
        { "ClipTimestamps holds -1", new() { ClipTimestamps = [-1] } },
        { "Patience is given without BeamSize", new() { Decoding = new() { Patience = 2 } } },
        { "Language 'klingon'", new() { Decoding = new() { Language = "klingon" } } },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Options_that_cannot_be_followed_are_refused_with_a_reason(string reason, TranscriptionOptions options)
    {
        Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_and_the_preset_can_be_followed()
    {
        new TranscriptionOptions().Validate();
        TranscriptionOptions.SpeechQuery.Validate();
        new TranscriptionOptions { Decoding = new() { BeamSize = 5, BestOf = 5, Patience = 2 } }.Validate();
    }

    [Fact]
    public void A_history_is_told_as_asked()
    {
        var plain = new PromptHistory([1, 2], carryInitial: false, positions: 448);
        plain.Add([3, 4]);
        Assert.Equal([1, 2, 3, 4], plain.Next());
        plain.Forget();
        Assert.Empty(plain.Next());

        var carried = new PromptHistory([1, 2], carryInitial: true, positions: 16);
        carried.Add(Enumerable.Range(10, 9));
        Assert.Equal([1, 2, 14, 15, 16, 17, 18], carried.Next());
        carried.Forget();
        Assert.Equal([1, 2], carried.Next());
        Assert.Equal(Enumerable.Range(10, 9), carried.Transcript);
    }
}
