using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BrewClip.Cli.Terminal;

/// <summary>Turns Ctrl+C, and a request to end, into a cancellation; a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    // coreutils' timeout tells the process and then its group, so that one wish to end arrives twice.
    private static readonly TimeSpan _echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private long _first;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _registrations =
            [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0) == 0)
        {
            _source.Cancel();
        }
        else if (Stopwatch.GetElapsedTime(_first) > _echo)
        {
            // An orderly exit would tear libtorch down under the threads that compute.
            using var own = Process.GetCurrentProcess();
            own.Kill();
        }
    }
}
