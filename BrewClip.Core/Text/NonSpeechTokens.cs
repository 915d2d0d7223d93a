namespace BrewClip.Core.Text;

/// <summary>
/// Finds the ids that begin annotations rather than speech: brackets, quotation marks, repeated dashes, musical notes
/// (the list of openai/whisper, <c>Tokenizer.non_speech_tokens</c>).
/// </summary>
internal static class NonSpeechTokens
{
    private const string SingleSymbols = "\"#()*+/:;<=>@[\\]^_`{|}~「」『』";

    private const string Sequences = "<< >> <<< >>> -- --- -( -[ (' (\" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪";

    // These share the first two of their three bytes, so even their first token alone is safe to suppress.
    private const string MusicalSymbols = "♩♪♫♬♭♮♯";

    public static IReadOnlyList<int> Find(Func<string, int[]> encode)
    {
        // A hyphen or apostrophe is fine within a word, never at the start of one.
        var found = new SortedSet<int> { encode(" -")[0], encode(" '")[0] };
        foreach (string symbol in SingleSymbols.Concat(MusicalSymbols).Select(symbol => symbol.ToString()).Concat(Sequences.Split(' ')))
        {
            foreach (int[] ids in new[] { encode(symbol), encode(" " + symbol) })
            {
                if (ids.Length == 1 || (symbol.Length == 1 && MusicalSymbols.Contains(symbol[0])))
                {
                    found.Add(ids[0]);
                }
            }
        }

        return [.. found];
    }
}
