namespace BrewClip.Core.Text;

/// <summary>The English endings that both tokenizers cut off as pieces of their own: 's 't 're 've 'm 'll 'd.</summary>
internal static class Contraction
{
    /// <summary>The length of the ending at the start of <paramref name="text"/>, or 0.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'')
        {
            return 0;
        }

        if (text[1] is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        return text.Length > 2 && ((text[1], text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l')) ? 3 : 0;
    }
}
