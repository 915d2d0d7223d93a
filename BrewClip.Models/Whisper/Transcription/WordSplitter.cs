using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Groups tokens into words: at spaces and punctuation, or at every character in languages that write no spaces.</summary>
internal sealed class WordSplitter(WhisperTokenizer tokenizer)
{
    private const char Broken = '�';
    private const string AsciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    // Chinese, Japanese, Thai, Lao, Burmese, Cantonese.
    private static readonly HashSet<string> _withoutSpaces = new(StringComparer.Ordinal) { "zh", "ja", "th", "lo", "my", "yue" };

    /// <summary>The words of some tokens, and how many tokens each takes.</summary>
    /// <param name="tokens">Text tokens and special ones.</param>
    /// <param name="language">Code of the language.</param>
    public IReadOnlyList<(string Text, int Tokens)> Split(IReadOnlyList<int> tokens, string language)
    {
        var characters = AtCharacters(tokens);
        if (_withoutSpaces.Contains(language))
        {
            return [.. characters.Select(part => (part.Text, part.Tokens.Count))];
        }

        var words = new List<(string Text, int Tokens)>();
        foreach (var (text, partTokens) in characters)
        {
            bool begins = partTokens[0] >= tokenizer.EndOfText
                || text.StartsWith(' ')
                || AsciiPunctuation.Contains(text.Trim(), StringComparison.Ordinal)
                || words.Count == 0;
            if (begins)
            {
                words.Add((text, partTokens.Count));
            }
            else
            {
                words[^1] = (words[^1].Text + text, words[^1].Tokens + partTokens.Count);
            }
        }

        return words;
    }

    // The fewest tokens whose bytes are whole characters; a character that is broken in the whole text too is as good as whole.
    private List<(string Text, List<int> Tokens)> AtCharacters(IReadOnlyList<int> tokens)
    {
        string whole = tokenizer.DecodeWithTimestamps(tokens);
        var parts = new List<(string, List<int>)>();
        var current = new List<int>();
        int offset = 0;
        foreach (int token in tokens)
        {
            current.Add(token);
            string text = tokenizer.DecodeWithTimestamps(current);
            int broken = text.IndexOf(Broken, StringComparison.Ordinal);
            if (broken < 0 || (offset + broken < whole.Length && whole[offset + broken] == Broken))
            {
                parts.Add((text, current));
                offset += text.Length;
                current = [];
            }
        }

        return parts;
    }
}
