using System.CommandLine;
using System.CommandLine.Parsing;

namespace BrewClip.Cli.Terminal;

/// <summary>
/// Arguments and options that take many values. The parser takes a misspelt option for one more value: here it is refused, unless there is
/// a file of that name.
/// </summary>
internal static class Items
{
    public static Argument<string[]> Argument(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result => Check(result, result.Tokens));
        return argument;
    }

    public static Option<string[]> Option(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true };
        option.Validators.Add(result => Check(result, result.Tokens));
        return option;
    }

    private static void Check(SymbolResult result, IEnumerable<Token> tokens)
    {
        foreach (var token in tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(token.Value)))
        {
            result.AddError($"'{token.Value}' is not an option here.");
        }
    }
}
