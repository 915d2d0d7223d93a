using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Transcription;

public class WordTimingTests
{
    [Fact]
    public void The_warping_path_is_the_cheapest_of_all_paths()
    {
        for (int example = 0; example < 30; example++)
        {
            int rows = 1 + example % 5, columns = 1 + example % 7;
            double[] costs = [.. FormulaWeights.Uniform($"costs {example}", rows * columns).Select(value => (double)value)];
            var (pathRows, pathColumns) = DynamicTimeWarping.Path(costs, rows, columns);
            Assert.Equal((0, 0, rows - 1, columns - 1), (pathRows[0], pathColumns[0], pathRows[^1], pathColumns[^1]));
            for (int i = 1; i < pathRows.Length; i++)
            {
                Assert.Contains((pathRows[i] - pathRows[i - 1], pathColumns[i] - pathColumns[i - 1]), new[] { (1, 1), (1, 0), (0, 1) });
            }

            double total = pathRows.Zip(pathColumns, (row, column) => costs[row * columns + column]).Sum();
            Assert.Equal(Cheapest(costs, rows, columns, rows - 1, columns - 1), total, 1e-5);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(25)]
    public void The_median_of_seven_mirrors_its_ends(int length)
    {
        var values = FormulaWeights.Uniform("median", length);
        var smooth = new float[length];
        AttentionMatrix.Smooth(values, smooth);
        int[] mirrored =
        [
            .. Enumerable.Range(1, 3).Select(i => 3 - i + 1), .. Enumerable.Range(0, length),
            .. Enumerable.Range(1, 3).Select(i => length - 1 - i),
        ];
        for (int i = 0; i < length; i++)
        {
            float expected = length <= 3 ? values[i] : mirrored[i..(i + 7)].Select(at => values[at]).Order().ElementAt(3);
            Assert.Equal(expected, smooth[i]);
        }
    }

    [Fact]
    public void Attention_is_softmax_over_frames_normalised_over_tokens_and_averaged_over_heads()
    {
        const int Heads = 2, Tokens = 4, Frames = 9, Used = 3;
        var scores = FormulaWeights.Uniform("attention", Heads * Tokens * Frames);
        var matrix = AttentionMatrix.Of(scores, Heads, Tokens, Frames, Used);
        for (int frame = 0; frame < Used; frame++)
        {
            var expected = new double[Tokens];
            for (int head = 0; head < Heads; head++)
            {
                double[] weights = [.. Enumerable.Range(0, Tokens).Select(token => Softmax(head, token, frame))];
                double mean = weights.Average(), deviation = Math.Sqrt(weights.Average(weight => (weight - mean) * (weight - mean)));
                for (int token = 0; token < Tokens; token++)
                {
                    expected[token] += (weights[token] - mean) / deviation / Heads;
                }
            }

            Assert.All(expected.Index(), pair => Assert.Equal(pair.Item, matrix[pair.Index * Used + frame], 1e-4));
        }

        double Softmax(int head, int token, int frame)
        {
            double[] row = [.. Enumerable.Range(0, Used).Select(i => Math.Exp(scores[(head * Tokens + token) * Frames + i]))];
            return row[frame] / row.Sum();
        }
    }

    [Fact]
    public void Punctuation_joins_the_word_it_belongs_to()
    {
        Assert.Equal([" \"Hello,|3", " (you)!|4", " there.|2"], Merged(" \"", "Hello", ",", " (", "you", ")", "!", " there", "."));
        Assert.Equal([" a|1", " b|1"], Merged(" a", " b"));
        Assert.Equal([" a?!|3"], Merged(" a", "?", "!"));

        static string[] Merged(params string[] texts)
        {
            var words = texts.Select(text => new WordDraft(text, 1, 0, 1, 1)).ToList();
            var options = new TranscriptionOptions();
            new PunctuationMerger(options.PrependPunctuation, options.AppendPunctuation).Merge(words);
            return [.. words.Where(word => word.Text.Length > 0).Select(word => $"{word.Text}|{word.Tokens}")];
        }
    }

    [Fact]
    public void Words_begin_at_spaces_and_punctuation()
    {
        var words = new WordSplitter(WhisperTokenizers.IdsOnly).Split([500, 501, (byte)'b' - 33, 0, 50257], "en");
        Assert.Equal([(" w500", 1), (" w501b", 2), ("!", 1), ("<|endoftext|>", 1)], words);
    }

    [Fact]
    public void Characters_of_several_bytes_are_never_parted()
    {
        // 犬 is three bytes: E7 8A AC, whose tokens in the byte alphabet follow 188 printable ones.
        int[] dog = [.. "犬"u8.ToArray().Select(Token)];
        var splitter = new WordSplitter(WhisperTokenizers.IdsOnly);
        Assert.Equal([("犬", 3), ("犬", 3)], splitter.Split([.. dog, .. dog], "ja"));
        Assert.Equal([("犬犬", 6)], splitter.Split([.. dog, .. dog], "en"));

        static int Token(byte value)
        {
            bool IsPrintable(int code) => code is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174;
            return IsPrintable(value)
                ? Enumerable.Range(0, value).Count(IsPrintable)
                : 188 + Enumerable.Range(0, value).Count(code => !IsPrintable(code));
        }
    }

    private static double Cheapest(double[] costs, int rows, int columns, int row, int column)
    {
        double before = (row, column) switch
        {
            (0, 0) => 0,
            (0, _) => Cheapest(costs, rows, columns, 0, column - 1),
            (_, 0) => Cheapest(costs, rows, columns, row - 1, 0),
            _ => Math.Min(
                Cheapest(costs, rows, columns, row - 1, column - 1),
                Math.Min(Cheapest(costs, rows, columns, row - 1, column), Cheapest(costs, rows, columns, row, column - 1))),
        };
        return before + costs[row * columns + column];
    }
}
