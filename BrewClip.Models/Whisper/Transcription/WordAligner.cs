using System.Runtime.InteropServices;
using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// Times each word of a window by where the decoder looks in the sound while it reads the word (openai/whisper, <c>timing.py</c>).
/// </summary>
internal sealed class WordAligner
{
    private const int FramesPerPosition = 2;
    private readonly WhisperModel _model;
    private readonly WhisperTokenizer _tokenizer;
    private readonly WordSplitter _splitter;
    private readonly AlignmentHead[] _heads;

    public WordAligner(WhisperModel model, WhisperTokenizer tokenizer)
    {
        (_model, _tokenizer, _splitter) = (model, tokenizer, new WordSplitter(tokenizer));
        _heads = [.. model.AlignmentHeads];
    }

    /// <summary>The words of a window with their times in seconds from its start.</summary>
    /// <param name="features">The encoder's output for the window [1, frames, width].</param>
    /// <param name="textTokens">The window's tokens, timestamps and special ones left out.</param>
    /// <param name="language">Code of the language.</param>
    /// <param name="task">What the tokens are.</param>
    /// <param name="frames">Mel frames of sound in the window.</param>
    public List<WordDraft> Align(Tensor features, int[] textTokens, string language, WhisperTask task, int frames)
    {
        int positions = frames / FramesPerPosition;
        int[] start = _tokenizer.StartSequence(language, task);
        int room = _model.Config.TextPositions - start.Length - 2;
        // A window can hold more text than can be read again at once: what is beyond that stays untimed.
        int[] text = textTokens.Length > room ? textTokens[..room] : textTokens;
        if (text.Length == 0 || positions == 0)
        {
            return [];
        }

        var (matrix, probabilities) = Read(
            features, [.. start, _tokenizer.NoTimestamps, .. text, _tokenizer.EndOfText], start.Length, positions);
        var words = _splitter.Split([.. text, _tokenizer.EndOfText], language);
        return words.Count <= 1 ? [] : Time(words, JumpSeconds(matrix, text.Length + 1), probabilities);
    }

    // The tokens' attention [text + 1, positions], and the probability of each text token.
    private (double[] Matrix, double[] Probabilities) Read(Tensor features, int[] tokens, int startLength, int positions)
    {
        using var scope = NewDisposeScope();
        using var cache = _model.Decoder.CreateCache(features, tokens.Length);
        var (states, scores) = _model.Decoder.Align(
            tensor(Array.ConvertAll(tokens, token => (long)token), [1, tokens.Length]), cache, _heads);
        var host = scores.cpu().contiguous();
        var shape = host.shape;
        var values = MemoryMarshal.Cast<byte, float>(host.bytes);
        int used = Math.Min(positions, (int)shape[3]);
        double[] matrix = AttentionMatrix.Of(values, _heads.Length, tokens.Length, (int)shape[3], used);
        return (matrix[(startLength * used)..((tokens.Length - 1) * used)], Probabilities(states, tokens, startLength));
    }

    private double[] Probabilities(Tensor states, int[] tokens, int startLength)
    {
        int count = tokens.Length - startLength - 2;
        var logits = _model.Decoder.Logits(states.narrow(1, startLength, count).squeeze(0)).cpu().contiguous();
        var rows = HostLogits.Rows(logits);
        var probabilities = new double[count];
        for (int i = 0; i < count; i++)
        {
            probabilities[i] = LogProbabilities.Probability(rows[i][.._tokenizer.EndOfText], tokens[startLength + 1 + i]);
        }

        return probabilities;
    }

    // Seconds at which the path goes on to each row.
    private static double[] JumpSeconds(double[] matrix, int rows)
    {
        int columns = matrix.Length / rows;
        var (pathRows, pathColumns) = DynamicTimeWarping.Path(Array.ConvertAll(matrix, value => -value), rows, columns);
        var seconds = new double[rows];
        for (int i = 0; i < pathRows.Length; i++)
        {
            if (i == 0 || pathRows[i] != pathRows[i - 1])
            {
                seconds[pathRows[i]] = pathColumns[i] * TimestampSeconds.Step;
            }
        }

        return seconds;
    }

    private static List<WordDraft> Time(IReadOnlyList<(string Text, int Tokens)> words, double[] jumps, double[] probabilities)
    {
        var timed = new List<WordDraft>(words.Count - 1);
        int first = 0;
        // The last word is the end of the text.
        foreach (var (text, tokens) in words.Take(words.Count - 1))
        {
            int next = first + tokens;
            timed.Add(new WordDraft(text, tokens, jumps[first], jumps[next], probabilities.AsSpan(first, tokens).ToArray().Average()));
            first = next;
        }

        return timed;
    }
}
