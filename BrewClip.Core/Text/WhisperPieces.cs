namespace BrewClip.Core.Text;

/// <summary>
/// Cuts text into the pieces within which Whisper's (GPT-2's) merges apply, as its published pattern does: <c>'s|'t|'re|'ve|'m|'ll|'d|
/// ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. Every character falls into exactly one piece.
/// </summary>
internal ref struct WhisperPieces(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public bool TryNext(out ReadOnlySpan<char> piece)
    {
        int start = _position;
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
        int contraction = Contraction.Length(_text[start..]);
        if (contraction > 0)
        {
            return start + contraction;
        }

        int first = start;
        if (_text[start] == ' ' && start + 1 < _text.Length)
        {
            first++;
        }

        CharacterClass kind = CharacterClasses.At(_text, first, out _);
        if (kind != CharacterClass.Space)
        {
            return CharacterClasses.RunEnd(_text, first, kind);
        }

        // A run of spaces leaves its last one to what follows, unless it is alone or nothing follows.
        int end = CharacterClasses.RunEnd(_text, start, CharacterClass.Space);
        return end == _text.Length || end == start + 1 ? end : end - 1;
    }
}
