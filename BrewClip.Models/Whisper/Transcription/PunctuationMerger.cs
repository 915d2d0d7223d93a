namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Gives punctuation to the word that it belongs to; the words it is taken from are left empty.</summary>
/// <param name="prepended">Signs that belong to the word after them.</param>
/// <param name="appended">Signs that belong to the word before them.</param>
internal sealed class PunctuationMerger(string prepended, string appended)
{
    public void Merge(IReadOnlyList<WordDraft> words)
    {
        Prepend(words);
        Append(words);
    }

    private void Prepend(IReadOnlyList<WordDraft> words)
    {
        int following = words.Count - 1;
        for (int i = words.Count - 2; i >= 0; i--)
        {
            if (words[i].Text.StartsWith(' ') && prepended.Contains(words[i].Text.Trim(), StringComparison.Ordinal))
            {
                words[following].Text = words[i].Text + words[following].Text;
                words[following].Tokens += words[i].Tokens;
                (words[i].Text, words[i].Tokens) = ("", 0);
            }
            else
            {
                following = i;
            }
        }
    }

    private void Append(IReadOnlyList<WordDraft> words)
    {
        int previous = 0;
        for (int i = 1; i < words.Count; i++)
        {
            if (!words[previous].Text.EndsWith(' ') && appended.Contains(words[i].Text, StringComparison.Ordinal))
            {
                words[previous].Text += words[i].Text;
                words[previous].Tokens += words[i].Tokens;
                (words[i].Text, words[i].Tokens) = ("", 0);
            }
            else
            {
                previous = i;
            }
        }
    }
}
