using System.Globalization;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>The four kinds of character that the tokenizers' patterns tell apart.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Neither of the others: punctuation, symbols, marks, controls.</summary>
    Other,

    /// <summary>Unicode's general category L.</summary>
    Letter,

    /// <summary>Unicode's general category N.</summary>
    Number,

    /// <summary>Unicode's White_Space property.</summary>
    Space,
}

/// <summary>
/// Classifies whole code points. The patterns are published as regular expressions over code points; .NET's work on UTF-16 units, where no
/// letter outside the basic plane is a letter, so the tokenizers scan by this instead.
/// </summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] _ascii = Enumerable.Range(0, 128).Select(code => Classify(new Rune(code))).ToArray();

    /// <summary>
    /// The class of the code point at <paramref name="position"/> and its length in UTF-16 units; a lone surrogate counts as U+FFFD.
    /// </summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int position, out int length)
    {
        char first = text[position];
        if (first < 128)
        {
            length = 1;
            return _ascii[first];
        }

        Rune.DecodeFromUtf16(text[position..], out Rune rune, out length);
        return Classify(rune);
    }

    /// <summary>The end of the run of characters of class <paramref name="kind"/> that starts at <paramref name="position"/>.</summary>
    public static int RunEnd(ReadOnlySpan<char> text, int position, CharacterClass kind)
    {
        while (position < text.Length && At(text, position, out int length) == kind)
        {
            position += length;
        }

        return position;
    }

    private static CharacterClass Classify(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            return CharacterClass.Space;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            >= UnicodeCategory.UppercaseLetter and <= UnicodeCategory.OtherLetter => CharacterClass.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
            _ => CharacterClass.Other,
        };
    }
}
