using System.Globalization;

namespace BrewClip.Tests.Support;

/// <summary>
/// How often fuzz tests mutate each file: a number that keeps a whole run short, or what the environment variable
/// BREWCLIP_FUZZ_MUTATIONS says, for thousands of them.
/// </summary>
internal static class FuzzMutations
{
    private const string Variable = "BREWCLIP_FUZZ_MUTATIONS";

    public static int PerFile(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted)
            && wanted > 0
            ? wanted
            : usual;
}
