namespace BrewClip.Cli.Demo;

/// <summary>A small alphabet of its own for pictures: seven rows above the base line and two below, five pixels wide.</summary>
internal static class PixelFont
{
    public const int Width = 5, Height = 9, Advance = 6;

    // A letter and its nine rows, two hexadecimal digits each, the leftmost pixel in the highest of five bits.
    private const string Glyphs =
        "a00000e010f110f0000 b10101e1111111e0000 c00000e1110110e0000 d01010f1111110f0000 e00000e111f100e0000 "
        + "f0609081c0808080000 g00000f1111110f010e h10101e111111110000 i04000c0404040e0000 j02000602020202120c "
        + "k101012141814120000 l0c04040404040e0000 m00001a151515150000 n00001e111111110000 o00000e1111110e0000 "
        + "p00001e1111111e1010 q00000f1111110f0101 r000016191010100000 s00000f100e011e0000 t08081e080809060000 "
        + "u0000111111110f0000 v00001111110a040000 w0000111515150a0000 x0000110a040a110000 y0000111111110f010e "
        + "z00001f0204081f0000 00e11131519110e0000 1040c040404040e0000 20e11010608101f0000 30e11010601110e0000 "
        + "402060a121f02020000 51f101e0101110e0000 60e10101e11110e0000 71f0102040808080000 80e11110e11110e0000 "
        + "90e11110f01010e0000 .00000000000c0c0000 ,00000000000c0c0408 :00000c0c000c0c0000 '040408000000000000 "
        + "-000000000e00000000 ?0e1101060400040000 (020408080804020000 )080402020204080000 %191a0204080b130000 "
        + "\"0a0a00000000000000 ";

    private static readonly Dictionary<char, byte[]> _rows = Glyphs.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(glyph => glyph[0], glyph => Convert.FromHexString(glyph.AsSpan(1)));

    /// <summary>
    /// Whether a letter's pixel is inked; capitals look like small letters, and what the alphabet lacks like a question mark.
    /// </summary>
    public static bool IsInked(char letter, int row, int column)
    {
        char known = char.ToLowerInvariant(letter);
        if (known == ' ')
        {
            return false;
        }

        byte[] rows = _rows.TryGetValue(known, out byte[]? found) ? found : _rows['?'];
        return (rows[row] >> (Width - 1 - column) & 1) == 1;
    }

    /// <summary>Breaks a text into lines of at most so many letters; a longer word is cut.</summary>
    public static IReadOnlyList<string> Wrap(string text, int letters)
    {
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string fitting = word.Length > letters ? word[..letters] : word;
            if (lines[^1].Length == 0)
            {
                lines[^1] = fitting;
            }
            else if (lines[^1].Length + 1 + fitting.Length <= letters)
            {
                lines[^1] += " " + fitting;
            }
            else
            {
                lines.Add(fitting);
            }
        }

        return lines;
    }
}
