namespace BrewClip.Cli.Terminal;

/// <summary>What an experiment left out, said without filling the screen.</summary>
internal static class LeftOut
{
    private const int Shown = 20;

    public static void Say(IReadOnlyList<string> reasons, string? where = null)
    {
        foreach (string reason in reasons.Take(Shown))
        {
            Output.Message($"left out: {reason}");
        }

        if (reasons.Count > Shown)
        {
            Output.Message($"left out: {reasons.Count - Shown} more{(where is null ? "" : $", listed in '{where}'")}.");
        }
    }
}
