using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Cuts a window's tokens at the pairs of timestamps between segments, and says where the next window begins.</summary>
internal sealed class Segmenter(WhisperTokenizer tokenizer)
{
    private const int FramesPerTimestamp = 2;

    public Segmentation Cut(TranscriptionWindow window, DecodingResult result)
    {
        int[] tokens = [.. result.Tokens];
        bool endsInSilence = tokens.Length >= 1 && IsTimestamp(tokens[^1]) && tokens.Length >= 2 && !IsTimestamp(tokens[^2]);
        var cuts = Enumerable.Range(1, Math.Max(0, tokens.Length - 1))
            .Where(i => IsTimestamp(tokens[i - 1]) && IsTimestamp(tokens[i])).ToList();
        if (cuts.Count == 0)
        {
            return new Segmentation([Whole(window, result, tokens)], window.Seek + window.Size, endsInSilence);
        }

        if (endsInSilence)
        {
            cuts.Add(tokens.Length);
        }

        var segments = new List<SegmentDraft>();
        int start = 0;
        foreach (int cut in cuts)
        {
            segments.Add(Segment(window, result, tokens[start..cut]));
            start = cut;
        }

        // What follows the last pair is unfinished: the next window begins there and hears it whole.
        int seek = endsInSilence ? window.Seek + window.Size : window.Seek + FramesPerTimestamp * Index(tokens[start - 1]);
        return new Segmentation(segments, seek, endsInSilence);
    }

    private bool IsTimestamp(int token) => token >= tokenizer.TimestampBegin;

    private int Index(int token) => token - tokenizer.TimestampBegin;

    private SegmentDraft Segment(TranscriptionWindow window, DecodingResult result, int[] tokens)
    {
        double start = window.Offset + Index(tokens[0]) * TimestampSeconds.Step;
        double end = window.Offset + Index(tokens[^1]) * TimestampSeconds.Step;
        return new SegmentDraft(window.Seek, start, end, tokens, result, tokenizer);
    }

    private SegmentDraft Whole(TranscriptionWindow window, DecodingResult result, int[] tokens)
    {
        int last = Array.FindLast(tokens, IsTimestamp);
        double duration = last > tokenizer.TimestampBegin ? Index(last) * TimestampSeconds.Step : window.Duration;
        return new SegmentDraft(window.Seek, window.Offset, window.Offset + duration, tokens, result, tokenizer);
    }
}
