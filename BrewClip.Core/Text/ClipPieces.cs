namespace BrewClip.Core.Text;

/// <summary>
/// Cuts cleaned, lower-case text into the pieces within which CLIP's merges apply, as its published pattern does, ignoring case:
/// <c>&lt;|startoftext|>|&lt;|endoftext|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+</c>. White space falls into no piece,
/// and every digit is a piece of its own.
/// </summary>
internal ref struct ClipPieces(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public bool TryNext(out ReadOnlySpan<char> piece)
    {
        int start = CharacterClasses.RunEnd(_text, _position, CharacterClass.Space);
        if (start >= _text.Length)
        {
            piece = default;
            return false;
        }

        _position = End(start);
        piece = _text[start.._position];
        return true;
    }

    private readonly int End(int start)
    {
        ReadOnlySpan<char> rest = _text[start..];
        if (rest[0] == '<')
        {
            int special = SpecialLength(rest, ClipMergesFile.StartOfText) + SpecialLength(rest, ClipMergesFile.EndOfText);
            if (special > 0)
            {
                return start + special;
            }
        }

        // When case is ignored, U+017F (long s, which is lower case already) equals s.
        int contraction = rest is ['\'', 'ſ', ..] ? 2 : Contraction.Length(rest);
        if (contraction > 0)
        {
            return start + contraction;
        }

        CharacterClass kind = CharacterClasses.At(_text, start, out int length);
        return kind == CharacterClass.Number ? start + length : CharacterClasses.RunEnd(_text, start, kind);
    }

    private static int SpecialLength(ReadOnlySpan<char> text, string special)
    {
        if (text.Length < special.Length)
        {
            return 0;
        }

        for (int i = 0; i < special.Length; i++)
        {
            if (text[i] != special[i] && !(special[i] == 's' && text[i] == 'ſ'))
            {
                return 0;
            }
        }

        return special.Length;
    }
}
