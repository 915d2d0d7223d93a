using System.Diagnostics;
using System.Globalization;

namespace BrewClip.Cli.Terminal;

/// <summary>
/// One line on standard error with what is done, the rate and the time left, written at most four times a second; every tenth of the
/// way where standard error is no terminal. Thread-safe.
/// </summary>
internal sealed class ProgressBar(string unit)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private TimeSpan _last = -_interval;
    private int _lastTenth = -1;

    public void Report(long done, long total)
    {
        lock (_lock)
        {
            bool finished = done >= total;
            if (Console.IsErrorRedirected ? !IsNextTenth(done, total) : !finished && _clock.Elapsed - _last < _interval)
            {
                return;
            }

            _last = _clock.Elapsed;
            string line = Describe(done, total);
            Console.Error.Write(Console.IsErrorRedirected ? $"{line}\n" : finished ? $"\r{line}   \n" : $"\r{line}   ");
        }
    }

    private bool IsNextTenth(long done, long total)
    {
        int tenth = total <= 0 ? 10 : (int)(done * 10 / total);
        bool isNext = tenth > _lastTenth;
        _lastTenth = Math.Max(tenth, _lastTenth);
        return isNext;
    }

    private string Describe(long done, long total)
    {
        double rate = done / Math.Max(1e-3, _clock.Elapsed.TotalSeconds);
        var left = TimeSpan.FromSeconds(rate > 0 ? Math.Min((total - done) / rate, 1e7) : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{done}/{total} {unit}, {rate:0.#}/s, {left:d\\.hh\\:mm\\:ss} left");
    }
}

/// <summary>Reports on the thread that has something to say, in order, where <see cref="Progress{T}"/> would queue.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
