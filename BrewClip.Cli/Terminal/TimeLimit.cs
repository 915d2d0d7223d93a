using System.CommandLine;

namespace BrewClip.Cli.Terminal;

/// <summary>What <c>--minutes</c> asks for: work ends in order when the time is up, or when the user wants it to.</summary>
internal sealed class TimeLimit : IDisposable
{
    // A timer holds some 49 days; who asks for more has no limit in mind.
    private const double LongestMinutes = 70_000;

    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _user;

    /// <summary>Begins to count.</summary>
    /// <param name="minutes">The limit; null for none.</param>
    /// <param name="user">Cancelled when the user wants an end.</param>
    /// <exception cref="UsageException">The limit is no number, or below 0.</exception>
    public TimeLimit(double? minutes, CancellationToken user)
    {
        if (minutes is not (null or >= 0))
        {
            throw new UsageException($"--minutes is {minutes}: give a number of at least 0, or leave it out.");
        }

        _user = user;
        _source = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (minutes is double value and < LongestMinutes)
        {
            _source.CancelAfter(TimeSpan.FromMinutes(value));
        }
    }

    /// <summary>Cancelled by either.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time is up and the user did not ask for an end: nothing has failed then.</summary>
    public bool IsUp => _source.IsCancellationRequested && !_user.IsCancellationRequested;

    public static Option<double?> Option(string description) => new("--minutes") { Description = description };

    public void Dispose() => _source.Dispose();
}
