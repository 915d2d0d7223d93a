using BrewClip.Cli.Terminal;

namespace BrewClip.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandRunner.RunAsync(args);
}
