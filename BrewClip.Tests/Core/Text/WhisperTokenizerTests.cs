using BrewClip.Core.Text;

namespace BrewClip.Tests.Core.Text;

public class WhisperTokenizerTests
{
    private static readonly WhisperTokenizer _tokenizer = new(SmallVocabularies.Whisper("h e", "Ġ he"), 256 + 2 + 3 + 1509);

    [Fact]
    public void Openais_rule_places_the_special_tokens_after_the_vocabulary()
    {
        Assert.Equal(["en", "zh", "de"], _tokenizer.Languages);
        Assert.Equal(258, _tokenizer.EndOfText);
        Assert.Equal([259, 262, 264, 268], _tokenizer.StartSequence("German", timestamps: false));
        Assert.Equal([259, 260, 263], _tokenizer.StartSequence("en", WhisperTask.Translate));
        Assert.Equal(
            (265, 266, 267, 269),
            (_tokenizer.StartOfLanguageModel, _tokenizer.StartOfPrevious, _tokenizer.NoSpeech, _tokenizer.TimestampBegin));
        Assert.Equal("zh", _tokenizer.LanguageOf(_tokenizer.LanguageToken("zh")));
        Assert.Null(_tokenizer.LanguageOf(_tokenizer.EndOfText));
        Assert.Contains("'ja'", Assert.Throws<ArgumentException>(() => _tokenizer.LanguageToken("ja")).Message);
    }

    [Theory]
    [InlineData("he hehe", "he", "Ġhe", "he")]
    [InlineData("  a", "Ġ", "Ġ", "a")]
    [InlineData("a\n\n b", "a", "Ċ", "Ċ", "Ġ", "b")]
    [InlineData("1 's", "1", "Ġ", "'", "s")]
    [InlineData("a's", "a", "'", "s")]
    public void Text_is_cut_as_the_published_pattern_cuts_it(string text, params string[] tokens)
    {
        Assert.Equal(tokens, _tokenizer.Encode(text).Select(id => _tokenizer.Vocabulary.TokenAt(id)));
    }

    [Fact]
    public void Pieces_join_to_the_text_and_hold_one_class_each()
    {
        var random = new Random(5);
        string[] parts = [" ", "  ", "\n", "a", "é", "Ж", "1", "½", "𠀀", "𝟏", "🙂", "'s", "'", "!", "_", "\u0301", "\u00a0", "\ud800", "語"];
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var pieces = new WhisperPieces(text);
            string joined = "";
            while (pieces.TryNext(out ReadOnlySpan<char> piece))
            {
                joined += piece.ToString();
                string core = piece.ToString().TrimStart(' ');
                Assert.True(core.Length == 0 || Contraction.Length(piece) > 0
                    || CharacterClasses.RunEnd(core, 0, CharacterClasses.At(core, 0, out _)) == core.Length, core);
            }

            Assert.Equal(text, joined);
            Assert.Equal(string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())), _tokenizer.Decode(_tokenizer.Encode(text)));
        }
    }

    [Fact]
    public void Decoding_drops_timestamps_unless_asked_and_replaces_broken_bytes()
    {
        int[] ids = [_tokenizer.TimestampBegin, .. _tokenizer.Encode(" he"), _tokenizer.TimestampBegin + 54, _tokenizer.Encode("é")[0]];
        Assert.Equal(" he\uFFFD", _tokenizer.Decode(ids));
        Assert.Equal("<|0.00|> he<|1.08|>\uFFFD", _tokenizer.DecodeWithTimestamps(ids));
        Assert.Equal("<|endoftext|>", _tokenizer.Decode([_tokenizer.EndOfText]));
        Assert.Contains("id 99999", Assert.Throws<ArgumentException>(() => _tokenizer.DecodeWithTimestamps([99999])).Message);
    }

    [Fact]
    public void Names_of_special_tokens_in_text_are_text()
    {
        Assert.DoesNotContain(_tokenizer.EndOfText, _tokenizer.Encode("<|endoftext|>"));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(51865)]
    public void A_size_that_leaves_an_impossible_number_of_languages_is_refused(int size)
    {
        Assert.Contains(
            $"for a model of {size} tokens",
            Assert.Throws<InvalidDataException>(() => new WhisperTokenizer(SmallVocabularies.Whisper(), size)).Message);
    }

    [Fact]
    public void Every_language_has_a_code_and_a_name()
    {
        Assert.Equal(100, WhisperLanguages.Codes.Distinct().Count());
        Assert.Equal("haitian creole", WhisperLanguages.NameOf("ht"));
        Assert.Equal("es", WhisperLanguages.CodeOf(" Castilian"));
        Assert.Null(WhisperLanguages.CodeOf("klingon"));
    }
}
