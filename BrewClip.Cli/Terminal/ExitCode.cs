namespace BrewClip.Cli.Terminal;

/// <summary>What `brewclip` returns to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
}
