using BrewClip.Core.Text;

namespace BrewClip.Tests.Core.Text;

/// <summary>Vocabularies of the 256 bytes and a few merges, so that tests need no file.</summary>
internal static class SmallVocabularies
{
    public static BytePairVocabulary Clip(params string[] merges)
    {
        var symbols = Symbols();
        var ids = new Dictionary<string, int>();
        foreach (string token in symbols.Concat(symbols.Select(symbol => symbol + "</w>")).Concat(
            merges.Select(merge => merge.Replace(" ", ""))))
        {
            ids.Add(token, ids.Count);
        }

        var special = new Dictionary<string, int> { ["<|startoftext|>"] = ids.Count, ["<|endoftext|>"] = ids.Count + 1 };
        return new BytePairVocabulary("small", ids, Merges(merges), "</w>", special);
    }

    public static BytePairVocabulary Whisper(params string[] merges)
    {
        var ids = new Dictionary<string, int>();
        foreach (string token in Symbols().Concat(merges.Select(merge => merge.Replace(" ", ""))))
        {
            ids.Add(token, ids.Count);
        }

        return new BytePairVocabulary("small", ids, Merges(merges));
    }

    public static string[] Symbols() => [.. ByteAlphabet.Characters.ToArray().Order().Select(symbol => symbol.ToString())];

    private static BytePairMerge[] Merges(string[] merges) =>
        [.. merges.Select(merge => new BytePairMerge(merge.Split(' ')[0], merge.Split(' ')[1]))];
}
