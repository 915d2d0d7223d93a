using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Reads the language from the scores that follow the start of a transcript.</summary>
internal sealed class LanguageDetector
{
    private readonly (string Code, int Token)[] _languages;

    public LanguageDetector(WhisperTokenizer tokenizer)
    {
        _languages = [.. tokenizer.Languages.Select(code => (code, tokenizer.LanguageToken(code)))];
    }

    /// <param name="logits">One row's scores [vocabulary].</param>
    public DetectedLanguage Detect(ReadOnlySpan<float> logits)
    {
        var scores = new float[_languages.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = logits[_languages[i].Token];
        }

        float normalizer = LogProbabilities.Normalizer(scores);
        var probabilities = new Dictionary<string, double>(scores.Length, StringComparer.Ordinal);
        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[_languages[i].Code] = Math.Exp(scores[i] - normalizer);
        }

        return new DetectedLanguage(_languages[Array.IndexOf(scores, scores.Max())].Code, probabilities);
    }
}
