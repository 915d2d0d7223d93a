using BrewClip.Core.Text;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// Gives a window's words to its segments and mends times that alignment gets wrong: words that swallow the pause beside them
/// (openai/whisper, <c>add_word_timestamps</c>).
/// </summary>
internal sealed class WordTimes
{
    private const string SentenceEnds = ".。!！?？";
    private readonly WordAligner _aligner;
    private readonly PunctuationMerger _punctuation;
    private readonly WhisperTask _task;

    public WordTimes(WordAligner aligner, TranscriptionOptions options)
    {
        _aligner = aligner;
        _punctuation = new PunctuationMerger(options.PrependPunctuation, options.AppendPunctuation);
        _task = options.Decoding.Task;
    }

    /// <summary>Sets each segment's words, and its start and end where words know better.</summary>
    /// <param name="window">The window.</param>
    /// <param name="segments">Its segments.</param>
    /// <param name="features">The encoder's output for it [1, frames, width].</param>
    /// <param name="language">Code of the language.</param>
    /// <param name="lastSpeech">Seconds at which speech last ended before.</param>
    public void Apply(TranscriptionWindow window, IReadOnlyList<SegmentDraft> segments, Tensor features, string language, double lastSpeech)
    {
        int[] tokens = [.. segments.SelectMany(segment => segment.TextTokens)];
        var words = _aligner.Align(features, tokens, language, _task, window.Size);
        double median = Math.Min(0.7, Median([.. words.Select(word => word.Duration).Where(duration => duration != 0)]));
        if (words.Exists(word => word.Duration != 0))
        {
            ShortenAtSentences(words, 2 * median);
        }

        _punctuation.Merge(words);
        int next = 0;
        foreach (var segment in segments)
        {
            segment.Words = Take(words, ref next, segment.TextTokens.Length, window.Offset);
            if (segment.Words.Count > 0)
            {
                MendStart(segment, segment.Words, median, lastSpeech);
                MendEnd(segment, segment.Words[^1], median);
                lastSpeech = segment.End;
            }
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static void ShortenAtSentences(List<WordDraft> words, double longest)
    {
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i].Duration <= longest)
            {
                continue;
            }

            if (SentenceEnds.Contains(words[i].Text, StringComparison.Ordinal))
            {
                words[i].End = words[i].Start + longest;
            }
            else if (SentenceEnds.Contains(words[i - 1].Text, StringComparison.Ordinal))
            {
                words[i].Start = words[i].End - longest;
            }
        }
    }

    private static List<WordDraft> Take(List<WordDraft> words, ref int next, int tokens, double offset)
    {
        var taken = new List<WordDraft>();
        for (int saved = 0; next < words.Count && saved < tokens; next++)
        {
            var word = words[next];
            saved += word.Tokens;
            if (word.Text.Length > 0)
            {
                word.Start = Math.Round(offset + word.Start, 2);
                word.End = Math.Round(offset + word.End, 2);
                taken.Add(word);
            }
        }

        return taken;
    }

    // The first two words after a pause are not longer than twice the median together with the pause.
    private static void MendStart(SegmentDraft segment, List<WordDraft> words, double median, double lastSpeech)
    {
        double longest = 2 * median;
        var first = words[0];
        var second = words.Count > 1 ? words[1] : null;
        bool afterPause = first.End - lastSpeech > 4 * median;
        if (afterPause && (first.Duration > longest || (second is not null && second.End - first.Start > 2 * longest)))
        {
            if (second is not null && second.Duration > longest)
            {
                first.End = second.Start = Math.Max(second.End / 2, second.End - longest);
            }

            first.Start = Math.Max(0, first.End - longest);
        }

        if (segment.Start < first.End && segment.Start - 0.5 > first.Start)
        {
            first.Start = Math.Max(0, Math.Min(first.End - median, segment.Start));
        }
        else
        {
            segment.Start = first.Start;
        }
    }

    private static void MendEnd(SegmentDraft segment, WordDraft last, double median)
    {
        if (segment.End > last.Start && segment.End + 0.5 < last.End)
        {
            last.End = Math.Max(last.Start + median, segment.End);
        }
        else
        {
            segment.End = last.End;
        }
    }
}
