using System.Collections.Frozen;
using System.Numerics;

namespace BrewClip.Core.Text;

/// <summary>
/// The words of English numbers, money and signs, as far as Whisper's normaliser knows them ("ninth" is not among them, "nineth" is).
/// </summary>
internal static class EnglishNumberWords
{
    private static readonly string[] _oneNames =
    [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] _tenNames = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] _multiplierNames =
    [
        "thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion", "octillion", "nonillion",
        "decillion",
    ];

    public static FrozenSet<string> Zeros { get; } = new[] { "o", "oh", "zero" }.ToFrozenSet();

    /// <summary>one to nineteen.</summary>
    public static FrozenDictionary<string, int> Ones { get; } = _oneNames.Index()
        .ToFrozenDictionary(pair => pair.Item, pair => pair.Index + 1);

    /// <summary>twenty, thirty, … ninety.</summary>
    public static FrozenDictionary<string, int> Tens { get; } = _tenNames.Index()
        .ToFrozenDictionary(pair => pair.Item, pair => 10 * (pair.Index + 2));

    /// <summary>hundred, thousand, … decillion.</summary>
    public static FrozenDictionary<string, BigInteger> Multipliers { get; } = _multiplierNames.Index()
        .Select(pair => (Name: pair.Item, Value: BigInteger.Pow(1000, pair.Index + 1))).Prepend(("hundred", 100))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Value);

    /// <summary>Plurals and ordinals below twenty.</summary>
    public static FrozenDictionary<string, (int Value, string Suffix)> OnesSuffixed { get; } = SuffixOnes()
        .ToFrozenDictionary(pair => pair.Name, pair => (pair.Value, pair.Suffix));

    /// <summary>Plurals and ordinals of the tens.</summary>
    public static FrozenDictionary<string, (int Value, string Suffix)> TensSuffixed { get; } = Tens
        .SelectMany(
            ten => new[] { (Name: ten.Key[..^1] + "ies", ten.Value, Suffix: "s"), (Name: ten.Key[..^1] + "ieth", ten.Value, Suffix: "th") })
        .ToFrozenDictionary(pair => pair.Name, pair => (pair.Value, pair.Suffix));

    /// <summary>Plurals and ordinals of the multipliers.</summary>
    public static FrozenDictionary<string, (BigInteger Value, string Suffix)> MultipliersSuffixed { get; } = Multipliers
        .SelectMany(multiplier => new[] { "s", "th" }.Select(suffix => (Name: multiplier.Key + suffix, multiplier.Value, Suffix: suffix)))
        .ToFrozenDictionary(pair => pair.Name, pair => (pair.Value, pair.Suffix));

    /// <summary>Signs said before a number.</summary>
    public static FrozenDictionary<string, string> Signs { get; } =
        new Dictionary<string, string> { ["minus"] = "-", ["negative"] = "-", ["plus"] = "+", ["positive"] = "+" }.ToFrozenDictionary();

    /// <summary>Money said after a number and written before it.</summary>
    public static FrozenDictionary<string, string> Currencies { get; } = new Dictionary<string, string>
    {
        ["pound"] = "£",
        ["pounds"] = "£",
        ["euro"] = "€",
        ["euros"] = "€",
        ["dollar"] = "$",
        ["dollars"] = "$",
        ["cent"] = "¢",
        ["cents"] = "¢",
    }.ToFrozenDictionary();

    /// <summary>The signs by which a written number may begin.</summary>
    public const string Prefixes = "-+£€$¢";

    /// <summary>Whether <paramref name="word"/> can follow "point" or come before "and a half".</summary>
    public static bool IsDecimal(string? word) =>
        word is not null && (Ones.ContainsKey(word) || Tens.ContainsKey(word) || Zeros.Contains(word));

    /// <summary>Whether <paramref name="word"/> means something in or around a number.</summary>
    public static bool IsKnown(string? word) => word is not null && (_known.Contains(word) || IsDecimal(word));

    private static readonly FrozenSet<string> _known = OnesSuffixed.Keys.Concat(
        TensSuffixed.Keys).Concat(Multipliers.Keys).Concat(MultipliersSuffixed.Keys)
        .Concat(Signs.Keys).Concat(Currencies.Keys).Concat(["per", "percent", "and", "double", "triple", "point"]).ToFrozenSet();

    private static IEnumerable<(string Name, int Value, string Suffix)> SuffixOnes()
    {
        foreach (var (name, value) in Ones)
        {
            yield return (name == "six" ? "sixes" : name + "s", value, "s");
            if (value > 3 && value is not (5 or 12))
            {
                yield return (name + (name.EndsWith('t') ? "h" : "th"), value, "th");
            }
        }

        yield return ("zeroth", 0, "th");
        yield return ("first", 1, "st");
        yield return ("second", 2, "nd");
        yield return ("third", 3, "rd");
        yield return ("fifth", 5, "th");
        yield return ("twelfth", 12, "th");
    }
}
