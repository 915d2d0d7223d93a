namespace BrewClip.Models.Whisper.Transcription;

/// <summary>
/// Finds segments whose words are too long, too short or too unlikely to have been said, and skips them with the silence around them
/// (openai/whisper, <c>hallucination_silence_threshold</c>).
/// </summary>
/// <param name="threshold">Seconds that count as silence.</param>
/// <param name="frames">Mel frames of the sound.</param>
internal sealed class HallucinationGuard(double threshold, int frames)
{
    private const string Punctuation = "\"'“¿([{-\"'.。,，!！?？:：”)]}、";
    private const int JudgedWords = 8;

    /// <summary>Removes what seems invented.</summary>
    /// <param name="window">The window.</param>
    /// <param name="cut">Its segments with timed words; segments may be removed.</param>
    /// <param name="lastSpeech">Seconds at which speech last ended before this window.</param>
    /// <param name="seek">The mel frame to go on from.</param>
    /// <returns>False where the window is to be heard again from later on, without any of its segments.</returns>
    public bool Apply(TranscriptionWindow window, Segmentation cut, double lastSpeech, ref int seek)
    {
        if (!cut.EndsInSilence && LastWordEnd(cut.Segments) is { } end && end > window.Offset)
        {
            seek = window.CapacityEnd - end > threshold ? Frame(end) : window.Seek + window.Size;
        }

        var first = cut.Segments.Find(HasWords);
        if (first is not null && IsAnomaly(first) && first.Start - window.Offset > threshold)
        {
            seek = window.Seek + Frame(first.Start - window.Offset);
            return false;
        }

        DropSurrounded(window, cut.Segments, lastSpeech, ref seek);
        return true;
    }

    /// <summary>Seconds at which the last word ends, or null where there is none.</summary>
    public static double? LastWordEnd(IReadOnlyList<SegmentDraft> segments) => segments.LastOrDefault(HasWords)?.Words![^1].End;

    /// <summary>The mel frame at a time.</summary>
    public static int Frame(double seconds) => (int)Math.Round(seconds * WindowPlanner.FramesPerSecond);

    private static bool HasWords(SegmentDraft segment) => segment.Words is { Count: > 0 };

    // A suspicious segment between silences (or others like it) ends the window before it.
    private void DropSurrounded(TranscriptionWindow window, List<SegmentDraft> segments, double lastEnd, ref int seek)
    {
        for (int i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (!HasWords(segment))
            {
                continue;
            }

            if (IsAnomaly(segment) && IsSurrounded(window, segment, segments.Skip(i + 1).FirstOrDefault(HasWords), lastEnd))
            {
                bool isLast = frames / WindowPlanner.FramesPerSecond - segment.End < threshold;
                seek = isLast ? frames : Frame(Math.Max(window.Offset + 1, segment.Start));
                segments.RemoveRange(i, segments.Count - i);
                return;
            }

            lastEnd = segment.End;
        }
    }

    private bool IsSurrounded(TranscriptionWindow window, SegmentDraft segment, SegmentDraft? next, double lastEnd)
    {
        double nextStart = next?.Words![0].Start ?? window.Offset + window.Duration;
        bool silenceBefore = segment.Start - lastEnd > threshold || segment.Start < threshold || segment.Start - window.Offset < 2;
        bool silenceAfter = nextStart - segment.End > threshold
            || (next is not null && IsAnomaly(next)) || window.CapacityEnd - segment.End < 2;
        return silenceBefore && silenceAfter;
    }

    private static bool IsAnomaly(SegmentDraft segment)
    {
        var words = segment.Words!.Where(word => !Punctuation.Contains(word.Text, StringComparison.Ordinal)).Take(JudgedWords).ToArray();
        double score = words.Sum(Anomaly);
        return score >= 3 || score + 0.01 >= words.Length;
    }

    private static double Anomaly(WordDraft word)
    {
        double unlikely = word.Probability < 0.15 ? 1 : 0;
        double tooShort = word.Duration < 0.133 ? (0.133 - word.Duration) * 15 : 0;
        double tooLong = word.Duration > 2 ? word.Duration - 2 : 0;
        return unlikely + tooShort + tooLong;
    }
}
