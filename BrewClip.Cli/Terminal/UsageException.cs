namespace BrewClip.Cli.Terminal;

/// <summary>The command line contradicts itself; the message says how, and the exit code is <see cref="ExitCode.WrongUse"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
