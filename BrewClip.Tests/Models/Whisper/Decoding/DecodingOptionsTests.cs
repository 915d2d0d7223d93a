using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Tests.Models.Whisper.Decoding;

public class DecodingOptionsTests(ShortRecording recording) : IClassFixture<ShortRecording>
{
    public static TheoryData<string, DecodingOptions> Contradictions => new()
    {
        { "Beam search and best-of", new() { BeamSize = 5, BestOf = 5, Temperature = 1 } },
        { "at temperature 0, where all samples are equal", new() { BestOf = 5 } },
        { "beam search does not sample", new() { BeamSize = 5, Temperature = 0.2 } },
        { "Patience is given without BeamSize", new() { Patience = 2 } },
        { "asks for no complete sequence", new() { BeamSize = 2, Patience = 0.1 } },
        { "asks for no complete sequence", new() { BeamSize = 2, Patience = double.NaN } },
        { "LengthPenalty is 1.5", new() { LengthPenalty = 1.5 } },
        { "LengthPenalty is -0.1", new() { LengthPenalty = -0.1 } },
        { "BeamSize is 0", new() { BeamSize = 0 } },
        { "BeamSize is 2147483647", new() { BeamSize = int.MaxValue } },
        { "BestOf is 1025", new() { BestOf = 1025, Temperature = 1 } },
        { "BestOf is 0", new() { BestOf = 0, Temperature = 1 } },
        { "Temperature is -1", new() { Temperature = -1 } },
        { "Temperature is NaN", new() { Temperature = double.NaN } },
        { "MaxTokens is 0", new() { MaxTokens = 0 } },
        { "NoRepeatNgram is -1", new() { NoRepeatNgram = -1 } },
        { "MaxInitialTimestamp is -1", new() { MaxInitialTimestamp = -1 } },
        { "give Prompt or PromptTokens", new() { Prompt = "a", PromptTokens = [1] } },
        { "give Prefix or PrefixTokens", new() { Prefix = "a", PrefixTokens = [1] } },
        { "Language 'klingon'", new() { Language = "klingon" } },
        { "PromptTokens holds 51865", new() { PromptTokens = [51865] } },
        { "PrefixTokens holds -1", new() { PrefixTokens = [-1] } },
        { "SuppressTokens holds 60000", new() { SuppressTokens = [60000] } },
        { "SuppressTokens holds -2", new() { SuppressTokens = [-2] } },
        { "shorten the prefix", new() { PrefixTokens = [.. Enumerable.Repeat(400, 500)] } },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Options_that_cannot_be_followed_are_refused_with_a_reason(string reason, DecodingOptions options)
    {
        Assert.Contains(reason, Refusal(options, WhisperTokenizers.IdsOnly), StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_may_be_given_by_its_name()
    {
        var task = new DecodingTask(recording.Whisper, WhisperTokenizers.IdsOnly, new() { Language = "German", MaxTokens = 1 });
        Assert.Equal("de", task.DecodeFeatures(recording.Features)[0].Language);
    }

    [Fact]
    public void A_tokenizer_of_another_vocabulary_is_refused()
    {
        string message = Refusal(new DecodingOptions(), WhisperTokenizers.Create(51866));
        Assert.Contains("51866 tokens and the model 51865", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", WhisperTask.Transcribe)]
    [InlineData("en", WhisperTask.Translate)]
    public void A_vocabulary_of_English_alone_takes_no_other_language_or_task(string language, WhisperTask task)
    {
        var options = new DecodingOptions { Language = language, Task = task };
        Assert.Throws<ArgumentException>(() => new InitialTokens(WhisperTokenizers.Create(51864), options, 448).For([], language));
    }

    [Fact]
    public void A_prompt_is_cut_from_the_front_and_a_prefix_to_the_room_that_is_left()
    {
        var tokenizer = WhisperTokenizers.IdsOnly;
        var options = new DecodingOptions { PrefixTokens = [.. Enumerable.Range(1000, 40)], MaxTokens = 214 };
        var start = new InitialTokens(tokenizer, options, 448).For([.. Enumerable.Range(2000, 300)], "en");
        int[] expected = [50361, .. Enumerable.Range(2077, 223), 50258, 50259, 50359, .. Enumerable.Range(1030, 10)];
        Assert.Equal(expected, start.Tokens);
        Assert.Equal(224, start.StartIndex);
    }

    [Fact]
    public void An_empty_list_suppresses_nothing_and_any_other_the_steering_tokens_too()
    {
        var tokenizer = WhisperTokenizers.IdsOnly;
        Assert.Empty(SuppressedTokens.Of(new() { SuppressTokens = [] }, tokenizer));
        Assert.Equal([7, 50258, 50358, 50359, 50360, 50361, 50362], SuppressedTokens.Of(new() { SuppressTokens = [7] }, tokenizer));
    }

    private string Refusal(DecodingOptions options, WhisperTokenizer tokenizer) =>
        Assert.ThrowsAny<ArgumentException>(() => new DecodingTask(recording.Whisper, tokenizer, options)).Message;
}
