using System.Collections.Frozen;

namespace BrewClip.Core.Text;

/// <summary>
/// Replaces British spellings of common English words by American ones. The list is BrewClip's own: families of endings over stems, and
/// single words; a word that is not in it stays as it is. Thread-safe.
/// </summary>
internal static class AmericanSpelling
{
    private static readonly Lazy<FrozenDictionary<string, string>> _spellings = new(Load);

    /// <summary>The words of <paramref name="text"/>, one space apart, each in its American spelling.</summary>
    public static string Normalize(string text) =>
        string.Join(' ', EnglishNumbers.Words(text).Select(word => _spellings.Value.GetValueOrDefault(word, word)));

    private static FrozenDictionary<string, string> Load()
    {
        var spellings = new Dictionary<string, string>(StringComparer.Ordinal);
        (string British, string American)[] endings = [];
        foreach (string[] fields in UnicodeData.Read("american-spelling.txt"))
        {
            if (fields[0] == "=")
            {
                endings = [.. fields[1..].Select(Pair)];
                continue;
            }

            foreach (string field in fields)
            {
                if (endings.Length == 0)
                {
                    (string british, string american) = Pair(field);
                    spellings[british] = american;
                }

                foreach (var (british, american) in endings)
                {
                    spellings.TryAdd(field + british, field + american);
                }
            }
        }

        return spellings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (string British, string American) Pair(string field)
    {
        int slash = field.IndexOf('/');
        return (field[..slash], field[(slash + 1)..]);
    }
}
