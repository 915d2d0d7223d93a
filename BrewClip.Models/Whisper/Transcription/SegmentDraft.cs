using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>A segment while its times are still being found.</summary>
internal sealed class SegmentDraft(int seek, double start, double end, int[] tokens, DecodingResult result, WhisperTokenizer tokenizer)
{
    public int Seek { get; } = seek;

    public double Start { get; set; } = start;

    public double End { get; set; } = end;

    public int[] Tokens { get; private set; } = tokens;

    /// <summary>The tokens that spell text.</summary>
    public int[] TextTokens { get; } = Array.FindAll(tokens, token => token < tokenizer.EndOfText);

    public string Text { get; private set; } = tokenizer.Decode(tokens.Where(token => token < tokenizer.EndOfText));

    /// <summary>Null unless words are timed.</summary>
    public List<WordDraft>? Words { get; set; }

    /// <summary>An instant, or white space alone, holds nothing.</summary>
    public void ClearIfEmpty()
    {
        if (Start == End || string.IsNullOrWhiteSpace(Text))
        {
            Text = "";
            Tokens = [];
            Words?.Clear();
        }
    }

    public TranscriptSegment Finish(int id) => new()
    {
        Id = id,
        Seek = Seek,
        Start = Start,
        End = End,
        Text = Text,
        Tokens = Tokens,
        Temperature = result.Temperature,
        AverageLogProbability = result.AverageLogProbability,
        CompressionRatio = result.CompressionRatio,
        NoSpeechProbability = result.NoSpeechProbability,
        Words = Words?.Select(word => new TranscriptWord(word.Text, word.Start, word.End, word.Probability)).ToArray(),
    };
}
