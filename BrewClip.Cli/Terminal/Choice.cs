using System.CommandLine;

namespace BrewClip.Cli.Terminal;

/// <summary>Options that take one of a few words: the members of an enumeration in lower case, and not their numbers.</summary>
internal static class Choice
{
    public static Option<T> Of<T>(string name, string description, T defaultValue = default)
        where T : struct, Enum
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.AcceptOnlyFromAmong([.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())]);
        return option;
    }
}
