using BrewClip.Core.Text;

namespace BrewClip.Training.Tasks;

/// <summary>Captions as CLIP's text tower reads them, without padding: batches are padded to their own longest. Stateless.</summary>
internal static class CaptionTokens
{
    /// <summary>Start of text, the caption's tokens, end of text; what is longer than the context is cut, and its end kept.</summary>
    public static int[] Of(ClipTokenizer tokenizer, string text, int contextLength)
    {
        int[] padded = tokenizer.EncodeForModel(text, contextLength);
        return padded[..(Array.IndexOf(padded, tokenizer.EndOfText) + 1)];
    }
}
