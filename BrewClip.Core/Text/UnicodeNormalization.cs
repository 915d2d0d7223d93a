using System.Runtime.InteropServices;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// Unicode's normalisation forms C, KC and KD (UAX #15, data of Unicode 14.0). .NET's own <c>string.Normalize</c> returns text unchanged
/// where the host runs without ICU ("invariant globalization"), and a transcript must not be scored, or a caption tokenised, differently
/// there. Thread-safe.
/// </summary>
internal static class UnicodeNormalization
{
    // Hangul syllables are composed by arithmetic: UAX #15, section "Hangul".
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    private static readonly Lazy<Tables> _tables = new(Tables.Load);

    /// <summary>Canonical decomposition followed by composition: é as one code point.</summary>
    public static string FormC(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : Normalize(text, compatibility: false, compose: true);

    /// <summary>As <see cref="FormC"/>, with compatibility characters replaced by their plain form: ﬁ becomes fi.</summary>
    public static string FormKC(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : Normalize(text, compatibility: true, compose: true);

    /// <summary>Everything taken apart: é becomes e and a combining accent, ﬁ becomes fi.</summary>
    public static string FormKD(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : Normalize(text, compatibility: true, compose: false);

    private static string Normalize(string text, bool compatibility, bool compose)
    {
        Tables tables = _tables.Value;
        var codes = new List<int>(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            tables.Decompose(rune.Value, compatibility, codes);
        }

        Span<int> ordered = CollectionsMarshal.AsSpan(codes);
        tables.OrderMarks(ordered);
        if (compose)
        {
            ordered = ordered[..tables.Compose(ordered)];
        }

        var result = new StringBuilder(ordered.Length + 16);
        Span<char> units = stackalloc char[2];
        foreach (int code in ordered)
        {
            result.Append(units[..new Rune(code).EncodeToUtf16(units)]);
        }

        return result.ToString();
    }

    private sealed class Tables
    {
        private readonly Dictionary<int, int[]> _canonical = [];
        private readonly Dictionary<int, int[]> _compatibility = [];
        private readonly Dictionary<(int First, int Second), int> _compositions = [];
        private readonly Dictionary<int, int> _classes = [];

        public static Tables Load()
        {
            var tables = new Tables();
            var neverComposed = new HashSet<int>();
            foreach (string[] fields in UnicodeData.Read("unicode-normalization.txt"))
            {
                int code = UnicodeData.Code(fields[1]);
                switch (fields[0])
                {
                    case "c":
                        tables._canonical[code] = [.. fields[2..].Select(UnicodeData.Code)];
                        break;
                    case "k":
                        tables._compatibility[code] = [.. fields[2..].Select(UnicodeData.Code)];
                        break;
                    case "x":
                        neverComposed.Add(code);
                        break;
                    default:
                        int last = UnicodeData.Code(fields[2]);
                        int combiningClass = int.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture);
                        for (int mark = code; mark <= last; mark++)
                        {
                            tables._classes[mark] = combiningClass;
                        }

                        break;
                }
            }

            foreach (var (code, parts) in tables._canonical)
            {
                if (parts.Length == 2 && !neverComposed.Contains(code))
                {
                    tables._compositions[(parts[0], parts[1])] = code;
                }
            }

            return tables;
        }

        public void Decompose(int code, bool compatibility, List<int> codes)
        {
            int syllable = code - SyllableBase;
            if ((uint)syllable < SyllableCount)
            {
                codes.Add(LeadBase + syllable / (VowelCount * TrailCount));
                codes.Add(VowelBase + syllable / TrailCount % VowelCount);
                if (syllable % TrailCount != 0)
                {
                    codes.Add(TrailBase + syllable % TrailCount);
                }
            }
            else if (_canonical.TryGetValue(code, out int[]? parts) || (compatibility && _compatibility.TryGetValue(code, out parts)))
            {
                foreach (int part in parts)
                {
                    Decompose(part, compatibility, codes);
                }
            }
            else
            {
                codes.Add(code);
            }
        }

        /// <summary>Puts each run of combining marks in the order of their classes, keeping the order of equals.</summary>
        public void OrderMarks(Span<int> codes)
        {
            for (int start = 0; start < codes.Length;)
            {
                if (ClassOf(codes[start]) == 0)
                {
                    start++;
                    continue;
                }

                int end = start + 1;
                while (end < codes.Length && ClassOf(codes[end]) != 0)
                {
                    end++;
                }

                if (end - start > 1)
                {
                    codes[start..end].ToArray().OrderBy(ClassOf).ToArray().CopyTo(codes[start..]);
                }

                start = end;
            }
        }

        /// <summary>Composes in place; returns how many code points are left.</summary>
        public int Compose(Span<int> codes)
        {
            int starter = -1, kept = 0, lastClass = -1;
            foreach (int code in codes)
            {
                int combiningClass = ClassOf(code);
                // A mark is blocked from its starter by an earlier one of the same or a higher class.
                if (starter >= 0 && lastClass < combiningClass && TryCompose(codes[starter], code, out int composed))
                {
                    codes[starter] = composed;
                    continue;
                }

                if (combiningClass == 0)
                {
                    starter = kept;
                    lastClass = -1;
                }
                else
                {
                    lastClass = combiningClass;
                }

                codes[kept++] = code;
            }

            return kept;
        }

        private bool TryCompose(int first, int second, out int composed)
        {
            int lead = first - LeadBase, vowel = second - VowelBase;
            if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
            {
                composed = SyllableBase + (lead * VowelCount + vowel) * TrailCount;
                return true;
            }

            int syllable = first - SyllableBase, trail = second - TrailBase;
            if ((uint)syllable < SyllableCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount)
            {
                composed = first + trail;
                return true;
            }

            return _compositions.TryGetValue((first, second), out composed);
        }

        private int ClassOf(int code) => code < 0x300 ? 0 : _classes.GetValueOrDefault(code);
    }
}
