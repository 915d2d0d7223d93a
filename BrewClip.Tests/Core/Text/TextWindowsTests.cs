using BrewClip.Core.Text;

namespace BrewClip.Tests.Core.Text;

public class TextWindowsTests
{
    private static readonly ClipTokenizer _tokenizer = new(SmallVocabularies.Clip());

    [Fact]
    public void A_text_that_fits_is_its_own_single_window()
    {
        Assert.Equal(["a dog, a cat."], TextWindows.Split(_tokenizer, "a dog, a cat."));
        Assert.Equal([""], TextWindows.Split(_tokenizer, ""));
        Assert.Equal([" \n "], TextWindows.Split(_tokenizer, " \n "));
    }

    [Fact]
    public void Windows_hold_whole_clauses_and_repeat_the_last_one_of_the_window_before()
    {
        // Every character is a token here, so a clause of three letters and a comma takes four of eight.
        Assert.Equal(
            ["abc, def,", "def, ghi,", "ghi, jkl."],
            TextWindows.Split(_tokenizer, "abc, def, ghi, jkl.", contextLength: 12, reservedPositions: 2));
    }

    [Fact]
    public void A_repeated_clause_that_leaves_no_room_is_dropped()
    {
        Assert.Equal(["ab, cdef.", "ghijklm."], TextWindows.Split(_tokenizer, "ab, cdef. ghijklm.", contextLength: 11));
    }

    [Fact]
    public void A_clause_that_does_not_fit_alone_is_cut_between_words_and_a_word_within()
    {
        var windows = TextWindows.Split(_tokenizer, "aaaa bbbb cccc dddddddddddddddddddd", contextLength: 10);
        Assert.All(windows, window => Assert.True(_tokenizer.Encode(window).Length <= 8, window));
        string text = string.Join(' ', windows);
        Assert.All(new[] { "aaaa", "bbbb", "cccc" }, word => Assert.Contains(word, text));
        Assert.True(text.Count(letter => letter == 'd') >= 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Windows_of_random_text_fit_and_lose_no_word(int seed)
    {
        var random = new Random(seed);
        string[] marks = ["", "", "", ",", ".", ";", "!", "?", ":", "\n"];
        string text = string.Join(
            ' ',
            Enumerable.Range(0, 300)
                .Select(i => $"{new string((char)('a' + random.Next(26)), random.Next(1, 9))}{i}{marks[random.Next(marks.Length)]}"));
        var windows = TextWindows.Split(_tokenizer, text, contextLength: 40, reservedPositions: 4);
        Assert.All(windows, window => Assert.InRange(_tokenizer.Encode(window).Length, 1, 34));
        var words = windows.SelectMany(window => window.Split(' ')).ToHashSet();
        Assert.All(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word, words));
    }

    [Fact]
    public void A_context_without_room_for_a_token_is_refused()
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(
            () => TextWindows.Split(_tokenizer, "a", contextLength: 6, reservedPositions: 4));
        Assert.Contains("4 reserved leaves none", failure.Message);
    }

    [Fact]
    public void A_character_of_more_tokens_than_the_room_is_a_window_by_itself()
    {
        Assert.Equal(["語", "文"], TextWindows.Split(_tokenizer, "語文", contextLength: 4));
    }
}
