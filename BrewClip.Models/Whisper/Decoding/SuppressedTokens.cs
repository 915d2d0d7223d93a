using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Which tokens <see cref="DecodingOptions.SuppressTokens"/> stands for.</summary>
internal static class SuppressedTokens
{
    /// <summary>Ascending ids, empty where nothing is suppressed.</summary>
    public static int[] Of(DecodingOptions options, WhisperTokenizer tokenizer)
    {
        if (options.SuppressTokens.Count == 0)
        {
            return [];
        }

        var suppressed = new HashSet<int>(options.SuppressTokens);
        if (suppressed.Remove(DecodingOptions.NonSpeechTokens))
        {
            suppressed.UnionWith(tokenizer.NonSpeechTokens);
        }

        foreach (int token in suppressed)
        {
            if ((uint)token >= (uint)tokenizer.VocabularySize)
            {
                throw new ArgumentException(
                    $"SuppressTokens holds {token}: the vocabulary's ids run from 0 to {tokenizer.VocabularySize - 1}, and "
                    + $"{DecodingOptions.NonSpeechTokens} stands for all non-speech tokens.");
            }
        }

        suppressed.UnionWith(
        [
            tokenizer.Transcribe, tokenizer.Translate, tokenizer.StartOfTranscript,
            tokenizer.StartOfPrevious, tokenizer.StartOfLanguageModel, tokenizer.NoSpeech,
        ]);
        return [.. suppressed.Order()];
    }
}
