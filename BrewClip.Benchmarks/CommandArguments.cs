namespace BrewClip.Benchmarks;

/// <summary>Arguments of the commands, refused with a sentence where they are wrong.</summary>
internal static class CommandArguments
{
    /// <summary>The value after the option at a position, which moves to the value.</summary>
    /// <exception cref="ArgumentException">Nothing follows, or another option does.</exception>
    public static string ValueOf(ReadOnlySpan<string> arguments, ref int position, string usage)
    {
        string name = arguments[position];
        return ++position < arguments.Length && !arguments[position].StartsWith("--", StringComparison.Ordinal)
            ? arguments[position]
            : throw new ArgumentException($"{name} lacks its value. Usage: {usage}");
    }

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static int Number(string name, string value, int most) => int.TryParse(value, out int number) && number >= 1 && number <= most
        ? number
        : throw new ArgumentException($"{name} is '{value}': 1 to {most} is expected.");
}
