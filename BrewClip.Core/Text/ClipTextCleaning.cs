using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// What openai/CLIP does to a caption before it is cut into pieces: characters that are only typographic variants made plain (typographic
/// quotes, Latin ligatures, full-width forms, stray controls, composed accents), HTML character references replaced twice, white space
/// collapsed, lower case. Text that was decoded with the wrong character set (mojibake) is not repaired: the reference guesses at it,
/// BrewClip takes text as it is.
/// </summary>
internal static class ClipTextCleaning
{
    // References may hide references (&amp;amp;amp;…); a bound keeps a hostile text from taking quadratic time.
    private const int MostRounds = 8;

    public static string Clean(string text)
    {
        if (!IsPlain(text))
        {
            text = HtmlReferences.Replace(HtmlReferences.Replace(MakePlain(text)));
        }

        return LowerCase.Of(CollapseWhiteSpace(text));
    }

    // Most captions: printable ASCII with nothing to replace.
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('&');

    private static string MakePlain(string text)
    {
        // Markup keeps its references until the second step, else a quoted tag would become a real one.
        bool replaceReferences = !text.Contains('<');
        for (int round = 0; round < MostRounds; round++)
        {
            string before = text;
            text = replaceReferences ? HtmlReferences.ReplaceTerminated(text) : text;
            text = UnicodeNormalization.FormC(ReplaceVariants(RemoveTerminalEscapes(text)));
            if (text == before)
            {
                break;
            }
        }

        return text;
    }

    private static string ReplaceVariants(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case 0x2BC or (>= 0x2018 and <= 0x201B):
                    result.Append('\'');
                    break;
                case >= 0x201C and <= 0x201F:
                    result.Append('"');
                    break;
                case >= 0x80 and <= 0x9F:
                    result.Append(HtmlReferences.Replace($"&#{rune.Value};"));
                    break;
                case 0x2028 or 0x2029:
                    result.Append('\n');
                    break;
                case 0x3000:
                    result.Append(' ');
                    break;
                case (>= 0xFB00 and <= 0xFB06) or (>= 0xFF01 and <= 0xFFEF) or 0x132 or 0x133 or 0x149
                    or (>= 0x1C4 and <= 0x1CC) or (>= 0x1F1 and <= 0x1F3):
                    result.Append(UnicodeNormalization.FormKC(rune.ToString()));
                    break;
                case < 9 or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0x206A and <= 0x206F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFC):
                    break;
                default:
                    result.Append(rune.ToString());
                    break;
            }
        }

        return result.ToString();
    }

    // ESC [ digits and semicolons, one letter: colours that a program wrote for a terminal.
    private static string RemoveTerminalEscapes(string text)
    {
        if (!text.Contains('\e'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int end = i + 2;
            if (text[i] == '\e' && i + 1 < text.Length && text[i + 1] == '[')
            {
                while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ';'))
                {
                    end++;
                }

                if (end < text.Length && char.IsAsciiLetter(text[end]))
                {
                    i = end;
                    continue;
                }
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }

    /// <summary>Every run of white space as one space, none at the ends.</summary>
    private static string CollapseWhiteSpace(string text)
    {
        var result = new StringBuilder(text.Length);
        bool pending = false;
        foreach (char unit in text)
        {
            if (char.IsWhiteSpace(unit))
            {
                pending = result.Length > 0;
                continue;
            }

            if (pending)
            {
                result.Append(' ');
                pending = false;
            }

            result.Append(unit);
        }

        return result.ToString();
    }
}
