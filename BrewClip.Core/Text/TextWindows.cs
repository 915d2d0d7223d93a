namespace BrewClip.Core.Text;

/// <summary>
/// Cuts a long text into windows that each fit the text encoder's context: as many whole clauses as fit, each window beginning with the
/// last clause of the one before where there is room, so that no relation between neighbours is lost. A clause that does not fit alone is
/// cut between words.
/// </summary>
public static class TextWindows
{
    /// <summary>The windows of <paramref name="text"/>, in order; a text that fits is its own single window.</summary>
    /// <param name="tokenizer">The tokenizer whose tokens are counted.</param>
    /// <param name="text">Any text; an empty one gives one empty window.</param>
    /// <param name="contextLength">The positions of the text encoder, 77 for the published ones.</param>
    /// <param name="reservedPositions">Positions that something else takes, such as prompt vectors; start and end of text are counted
    /// besides.</param>
    /// <param name="cancellationToken">Checked between windows.</param>
    /// <exception cref="ArgumentOutOfRangeException">No position is left for a token.</exception>
    public static IReadOnlyList<string> Split(
        ClipTokenizer tokenizer, string text, int contextLength = 77, int reservedPositions = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(reservedPositions);
        int room = contextLength - 2 - reservedPositions;
        if (room < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(contextLength), contextLength,
                $"A context of {contextLength} positions less start, end and {reservedPositions} reserved leaves none for text.");
        }

        if (tokenizer.Encode(text).Length <= room)
        {
            return [text];
        }

        var clauses = Clauses(text).SelectMany(clause => FitAlone(tokenizer, clause, room))
            .Select(clause => (Text: clause, Tokens: tokenizer.Encode(clause).Length)).Where(clause => clause.Tokens > 0).ToArray();
        var windows = new List<string>();
        for (int start = 0, end = 0; end < clauses.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int tokens = 0, newFrom = end;
            // A single character may take more tokens than a tiny context has: it is then a window by itself, for the encoder to truncate.
            for (end = start; end < clauses.Length && (end == start || tokens + clauses[end].Tokens <= room); end++)
            {
                tokens += clauses[end].Tokens;
            }

            if (end <= newFrom)
            {
                // The repeated clause left no room for a new one: go on without it.
                start = end = newFrom;
                continue;
            }

            windows.Add(string.Join(' ', clauses[start..end].Select(clause => clause.Text)));
            start = end - 1 > start ? end - 1 : end;
        }

        return windows.Count == 0 ? [text] : windows;
    }

    // A clause ends after . , ; : ! ? or their CJK forms where white space, or for CJK anything, follows; and at a line's end.
    private static IEnumerable<string> Clauses(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ends = text[i] is '\n' or '。' or '，' or '、' or '；' or '！' or '？'
                || (text[i] is '.' or ',' or ';' or ':' or '!' or '?' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
            if (ends || i + 1 == text.Length)
            {
                string clause = text[start..(i + 1)].Trim();
                start = i + 1;
                if (clause.Length > 0)
                {
                    yield return clause;
                }
            }
        }
    }

    private static IEnumerable<string> FitAlone(ClipTokenizer tokenizer, string clause, int room)
    {
        if (tokenizer.Encode(clause).Length <= room)
        {
            return [clause];
        }

        var parts = new List<string>();
        var words = new List<string>();
        int tokens = 0;
        foreach (string word in clause.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => CutWord(tokenizer, word, room)))
        {
            int count = tokenizer.Encode(word).Length;
            if (tokens + count > room)
            {
                parts.Add(string.Join(' ', words));
                words.Clear();
                tokens = 0;
            }

            words.Add(word);
            tokens += count;
        }

        parts.Add(string.Join(' ', words));
        return parts;
    }

    // A "word" may be a page of Chinese or a long address. One UTF-16 unit is at most three tokens.
    private static IEnumerable<string> CutWord(ClipTokenizer tokenizer, string word, int room)
    {
        if (tokenizer.Encode(word).Length <= room)
        {
            return [word];
        }

        int length = Math.Max(1, room / 3);
        var parts = new List<string>();
        for (int start = 0; start < word.Length;)
        {
            int end = Math.Min(word.Length, start + length);
            if (end < word.Length && char.IsHighSurrogate(word[end - 1]))
            {
                end = end - 1 > start ? end - 1 : end + 1;
            }

            parts.Add(word[start..end]);
            start = end;
        }

        return parts;
    }
}
