using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Text;

public class BytePairTrainerTests
{
    private static readonly string[] _corpus =
    [
        "A dog runs on the beach.", "Two dogs run on the grass, and a man watches.", "The man's dog isn't running!",
        "naïve café — 日本語 🙂 123",
        "a child and a dog play in the sand", "The children play on the beach with the dogs",
    ];

    [Fact]
    public void Merges_are_those_of_counting_every_pair_anew_after_each_merge()
    {
        foreach (BytePairFlavour flavour in Enum.GetValues<BytePairFlavour>())
        {
            BytePairVocabulary learned = BytePairTrainer.Learn(_corpus, new BytePairTraining { Flavour = flavour, Merges = 60 });
            Assert.Equal(LearnSlowly(_corpus, flavour, 60), learned.Merges);
        }
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.json")]
    [InlineData("")]
    public void A_saved_Clip_vocabulary_loads_from_each_of_its_files_and_brings_texts_back(string file)
    {
        using var folder = new TemporaryFolder();
        HubVocabularyWriter.Save(
            BytePairTrainer.Learn(_corpus, new BytePairTraining { Flavour = BytePairFlavour.Clip, Merges = 80 }), folder.Path);
        ClipTokenizer tokenizer = ClipTokenizer.Load(Path.Combine(folder.Path, file));
        Assert.Equal(512 + tokenizer.Vocabulary.Merges.Count + 2, tokenizer.VocabularySize);
        Assert.Equal(tokenizer.VocabularySize - 1, tokenizer.EndOfText);
        Assert.Equal("a dog isn 't 1 2 café 日本語 🙂 ", tokenizer.Decode(tokenizer.Encode("A  dog isn't 12 CAFÉ 日本語 🙂")));
        Assert.Single(tokenizer.Encode("dog"));
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.json")]
    [InlineData("")]
    public void A_saved_Whisper_vocabulary_loads_with_all_special_tokens_and_brings_texts_back(string file)
    {
        using var folder = new TemporaryFolder();
        var training = new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = 50, Languages = ["en", "de"] };
        HubVocabularyWriter.Save(BytePairTrainer.Learn(_corpus, training), folder.Path);
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(Path.Combine(folder.Path, file));
        int ordinary = 256 + tokenizer.Vocabulary.Merges.Count;
        Assert.True(tokenizer.IsMultilingual);
        Assert.Equal(["en", "de"], tokenizer.Languages);
        Assert.Equal(ordinary + 2 + 8 + 1501, tokenizer.VocabularySize);
        Assert.Equal([ordinary + 1, ordinary + 3, ordinary + 4], tokenizer.StartSequence("german", WhisperTask.Translate));
        Assert.Equal(tokenizer.VocabularySize - 1501, tokenizer.TimestampBegin);
        Assert.All(_corpus, text => Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text))));
        Assert.Equal(
            "<|0.00|>a<|30.00|>",
            tokenizer.DecodeWithTimestamps([tokenizer.TimestampBegin, .. tokenizer.Encode("a"), tokenizer.VocabularySize - 1]));
    }

    [Fact]
    public void A_vocabulary_without_languages_is_English_alone()
    {
        var tokenizer = new WhisperTokenizer(
            BytePairTrainer.Learn(_corpus, new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = 5 }));
        Assert.False(tokenizer.IsMultilingual);
        Assert.Equal([tokenizer.StartOfTranscript, tokenizer.NoTimestamps], tokenizer.StartSequence(timestamps: false));
        Assert.Throws<ArgumentException>(() => tokenizer.StartSequence("de"));
    }

    [Fact]
    public void Learning_stops_when_no_pair_is_frequent_enough()
    {
        BytePairVocabulary learned = BytePairTrainer.Learn(
            ["ab ab ab cd"], new BytePairTraining { Flavour = BytePairFlavour.Clip, Merges = 100, MinimumFrequency = 2 });
        Assert.Equal([new BytePairMerge("a", "b</w>")], learned.Merges);
    }

    [Fact]
    public void The_order_of_the_corpus_does_not_matter()
    {
        var training = new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = 60 };
        Assert.Equal(BytePairTrainer.Learn(_corpus, training).Merges, BytePairTrainer.Learn(_corpus.Reverse(), training).Merges);
    }

    [Fact]
    public void A_language_that_Whisper_does_not_know_is_refused()
    {
        var training = new BytePairTraining { Flavour = BytePairFlavour.Whisper, Languages = ["en", "xx"] };
        Assert.Contains("'xx'", Assert.Throws<ArgumentException>(() => BytePairTrainer.Learn(_corpus, training)).Message);
    }

    private static List<BytePairMerge> LearnSlowly(string[] corpus, BytePairFlavour flavour, int count)
    {
        var words = corpus.SelectMany(text => Pieces(text, flavour)).ToList();
        var merges = new List<BytePairMerge>();
        while (merges.Count < count)
        {
            var pairs = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair).Where(group => group.Count() >= 2)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First, StringComparer.Ordinal).ThenBy(
                    group => group.Key.Second, StringComparer.Ordinal);
            if (pairs.FirstOrDefault() is not { } best)
            {
                break;
            }

            merges.Add(new BytePairMerge(best.Key.First, best.Key.Second));
            foreach (List<string> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.Key.First && word[i + 1] == best.Key.Second)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }

    private static List<List<string>> Pieces(string text, BytePairFlavour flavour)
    {
        var words = new List<List<string>>();
        var clip = new ClipPieces(flavour == BytePairFlavour.Clip ? ClipTextCleaning.Clean(text) : "");
        var whisper = new WhisperPieces(flavour == BytePairFlavour.Clip ? "" : text);
        while (clip.TryNext(out ReadOnlySpan<char> piece) || whisper.TryNext(out piece))
        {
            var symbols = ByteAlphabet.TokenOf(System.Text.Encoding.UTF8.GetBytes(piece.ToString()))
                .Select(symbol => symbol.ToString()).ToList();
            symbols[^1] += flavour == BytePairFlavour.Clip ? "</w>" : "";
            words.Add(symbols);
        }

        return words;
    }
}
