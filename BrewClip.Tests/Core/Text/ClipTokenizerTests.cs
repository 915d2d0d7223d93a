using BrewClip.Core.Text;

namespace BrewClip.Tests.Core.Text;

public class ClipTokenizerTests
{
    private static readonly ClipTokenizer _tokenizer = new(SmallVocabularies.Clip("c a", "ca t</w>", "d o", "do g</w>"));

    [Fact]
    public void Merges_apply_by_rank_and_only_within_words()
    {
        Assert.Equal(["cat</w>", "dog</w>", "do", "t</w>", "1</w>", "2</w>", "!</w>"], Tokens("Cat  DOG dot 12!"));
    }

    [Fact]
    public void Text_for_the_model_is_opened_closed_and_padded_and_truncation_keeps_the_end()
    {
        int start = _tokenizer.StartOfText, end = _tokenizer.EndOfText, cat = _tokenizer.Encode("cat")[0];
        Assert.Equal([start, end, 0, 0], _tokenizer.EncodeForModel("", 4));
        Assert.Equal([start, cat, cat, end], _tokenizer.EncodeForModel("cat cat", 4));
        Assert.Equal([start, cat, cat, end], _tokenizer.EncodeForModel("cat cat cat", 4));
        Assert.Equal([start, end], _tokenizer.EncodeForModel("cat", 2));
        Assert.Equal(77, _tokenizer.EncodeForModel("cat").Length);
        var failure = Assert.Throws<ArgumentException>(() => _tokenizer.EncodeForModel("cat cat cat", 4, truncate: false));
        Assert.Contains("takes 5 tokens, more than the context of 4", failure.Message);
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character()
    {
        // Not inline data: a test's name cannot hold half a character.
        foreach (string text in new[] { "\ud800", "a\udc00b", "\ud83d", "x \udbff\ud800 y" })
        {
            string replaced = string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
            Assert.Equal(_tokenizer.Encode(replaced), _tokenizer.Encode(text));
        }
    }

    [Theory]
    [InlineData("𠀀𠀁𠮷", 1)]
    [InlineData("𝒜𝓁𝓅𝒽𝒶", 1)]
    [InlineData("🙂🙃", 1)]
    [InlineData("𝟏𝟐", 2)]
    [InlineData("a🙂b", 3)]
    public void Characters_beyond_the_basic_plane_are_classed_whole(string text, int words)
    {
        Assert.Equal(words, Tokens(text).Count(token => token.EndsWith("</w>", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_of_special_tokens_stand_for_the_tokens()
    {
        Assert.Equal([_tokenizer.StartOfText, _tokenizer.EndOfText], _tokenizer.Encode("<|StartOfText|><|endoftext|>"));
        Assert.Equal(
            "<|startoftext|>cat <|endoftext|>",
            _tokenizer.Decode([_tokenizer.StartOfText, .. _tokenizer.Encode("cat"), _tokenizer.EndOfText]));
    }

    [Fact]
    public void Broken_bytes_decode_as_replacement_characters()
    {
        int[] ids = _tokenizer.Encode("é");
        Assert.Equal("é ", _tokenizer.Decode(ids));
        Assert.Equal("\uFFFD", _tokenizer.Decode(ids[..1]));
        Assert.Equal("\uFFFD ", _tokenizer.Decode(ids[1..]));
        Assert.Contains("id 99999", Assert.Throws<ArgumentException>(() => _tokenizer.Decode([99999])).Message);
        Assert.Contains("id -1", Assert.Throws<ArgumentException>(() => _tokenizer.Decode([-1])).Message);
    }

    [Fact]
    public void A_million_letters_without_a_space_have_the_ids_of_merging_pair_by_pair()
    {
        Assert.Equal(
            333_334,
            _tokenizer.Encode(string.Concat(Enumerable.Repeat("cat", 333_333)) + "cat").Count(
                id => _tokenizer.Vocabulary.TokenAt(id)!.StartsWith("ca", StringComparison.Ordinal)));
        Assert.Equal(500_000, _tokenizer.Encode(new string('&', 500_000)).Length);
        Assert.InRange(_tokenizer.Encode("&" + string.Concat(Enumerable.Repeat("amp;", 250_000))).Length / 4, 249_980, 250_000);
    }

    [Fact]
    public void Short_and_long_pieces_are_merged_alike()
    {
        var random = new Random(3);
        BytePairVocabulary vocabulary = SmallVocabularies.Whisper(
            "a b", "ab a", "b b", "a a", "aa bb", "aba ab", "c c", "cc cc", "abaab c");
        var encoder = BrewClip.Core.Dependencies.BytePairEncoding.CreateEncoder(vocabulary);
        for (int round = 0; round < 200; round++)
        {
            string piece = new([.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => (char)('a' + random.Next(3)))]);
            var ids = new List<int>();
            encoder.Encode(piece, ids);
            var symbols = new int[piece.Length];
            vocabulary.MergeTable.Symbols(piece, symbols);
            Assert.Equal(symbols[..LongPieceMerger.Merge(vocabulary.MergeTable, symbols)], ids);
            Assert.Equal(MergeSlowly(piece, vocabulary), ids.Select(id => vocabulary.TokenAt(id)!));
        }
    }

    [Fact]
    public void Many_threads_get_the_ids_of_one()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => $"cat {i} dog{i} do {i * 7919}")];
        int[][] expected = [.. texts.Select(new ClipTokenizer(_tokenizer.Vocabulary).Encode)];
        var shared = new ClipTokenizer(_tokenizer.Vocabulary);
        Parallel.For(0, texts.Length, i => Assert.Equal(expected[i], shared.Encode(texts[i])));
    }

    [Fact]
    public void A_vocabulary_of_Whispers_kind_is_refused()
    {
        Assert.Contains(
            "does not mark the ends of words",
            Assert.Throws<InvalidDataException>(() => new ClipTokenizer(SmallVocabularies.Whisper())).Message);
        Assert.Contains("CLIP's kind", Assert.Throws<InvalidDataException>(() => new WhisperTokenizer(SmallVocabularies.Clip())).Message);
    }

    private static string[] Tokens(string text) => [.. _tokenizer.Encode(text).Select(id => _tokenizer.Vocabulary.TokenAt(id)!)];

    private static List<string> MergeSlowly(string piece, BytePairVocabulary vocabulary)
    {
        var symbols = piece.Select(symbol => symbol.ToString()).ToList();
        var ranks = vocabulary.Merges.Index().ToDictionary(merge => merge.Item, merge => merge.Index);
        while (true)
        {
            int best = -1, bestRank = int.MaxValue;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                if (ranks.TryGetValue(new BytePairMerge(symbols[i], symbols[i + 1]), out int rank) && rank < bestRank)
                {
                    (best, bestRank) = (i, rank);
                }
            }

            if (best < 0)
            {
                return symbols;
            }

            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }
}
