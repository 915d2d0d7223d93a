namespace BrewClip.Benchmarks.Text;

/// <summary>Captions of everyday scenes, put together from a few parts, the same at every run.</summary>
internal static class Captions
{
    private static readonly string[] _who = ["A brown dog", "Two children", "An elderly man in a grey coat", "The woman with a red umbrella", "Three cyclists", "A black and white cat"];
    private static readonly string[] _does = ["runs along", "is sitting next to", "looks at", "jumps over", "walks slowly past", "doesn't notice"];
    private static readonly string[] _what = ["the beach", "a wooden bench", "an old train station", "a field of yellow flowers", "the crowded market", "a half-frozen lake"];
    private static readonly string[] _how = ["at sunset.", "while it's raining.", "in front of 12 parked cars.", "with mountains behind, on a clear day.", "!", ", photographed from above."];

    public static string[] Make(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => $"{Pick(_who)} {Pick(_does)} {Pick(_what)} {Pick(_how)}")];

        string Pick(string[] parts) => parts[random.Next(parts.Length)];
    }
}
