using BrewClip.Models.Clip;

namespace BrewClip.Tests.Models.Clip;

public class ClipTextSequenceTests
{
    private static readonly ClipTextConfig _config = new() { VocabularySize = 100, ContextLength = 8, EndOfText = 99 };

    [Fact]
    public void What_follows_the_last_end_of_the_batch_is_left_out()
    {
        var sequence = ClipTextSequence.Create([98, 1, 99, 0, 0, 0, 98, 1, 2, 99, 0, 0], 6, _config);
        Assert.Equal([98, 1, 99, 0, 98, 1, 2, 99], sequence.Tokens);
        Assert.Equal([2, 3], sequence.Ends);
        Assert.Equal([2, 7], sequence.FlatEnds(4));
    }

    [Theory]
    [InlineData(PromptPlacement.AfterStart, 1)]
    [InlineData(PromptPlacement.Front, 0)]
    public void Prompts_move_the_end_and_stand_where_asked(PromptPlacement placement, int at)
    {
        var sequence = ClipTextSequence.Create([98, 1, 2, 99], 4, _config, prompts: 3, placement);
        Assert.Equal([98, 1, 2, 99], sequence.Tokens);
        Assert.Equal([6], sequence.Ends);
        Assert.Equal(at, sequence.PromptsAt);
    }

    [Fact]
    public void Text_that_overflows_with_prompts_is_cut_and_keeps_its_end()
    {
        var sequence = ClipTextSequence.Create([98, 1, 2, 3, 4, 5, 6, 99, 98, 7, 99, 0, 0, 0, 0, 0], 8, _config, prompts: 4);
        Assert.Equal([98, 1, 2, 99, 98, 7, 99, 0], sequence.Tokens);
        Assert.Equal([7, 6], sequence.Ends);
    }

    [Fact]
    public void The_legacy_end_is_the_largest_id_and_the_first_of_them()
    {
        var legacy = _config with { EndOfText = ClipTextConfig.LegacyEndOfText };
        Assert.Equal([3], ClipTextSequence.Create([98, 2, 4, 99, 99, 0], 6, legacy).Ends);
        Assert.Equal([2], ClipTextSequence.Create([90, 4, 95, 94], 4, legacy).Ends);
    }

    [Fact]
    public void The_first_end_counts_where_padding_repeats_it()
    {
        Assert.Equal([2], ClipTextSequence.Create([98, 4, 99, 99, 99], 5, _config).Ends);
    }

    [Theory]
    [InlineData("no end-of-text token", 98L, 1L, 2L)]
    [InlineData("outside this model's vocabulary", 98L, 100L, 99L)]
    [InlineData("outside this model's vocabulary", 98L, -1L, 99L)]
    [InlineData("begins with its end", 99L, 1L, 2L)]
    [InlineData("tokens long", 98L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 99L)]
    public void Tokens_that_do_not_fit_are_refused_with_a_reason(string reason, params long[] tokens)
    {
        var exception = Assert.Throws<ArgumentException>(() => ClipTextSequence.Create(tokens, tokens.Length, _config));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tokens_and_too_many_prompts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ClipTextSequence.Create([], 4, _config));
        Assert.Throws<ArgumentException>(() => ClipTextSequence.Create([98, 99], 2, _config, prompts: 7));
    }
}
