using BrewClip.Core.Checkpoints;

namespace BrewClip.Cli.Terminal;

/// <summary>A line for every file that arrives from the hub, and its progress.</summary>
internal sealed class DownloadProgress : IProgress<HubProgress>
{
    private readonly Dictionary<string, ProgressBar> _bars = [];

    public void Report(HubProgress value)
    {
        if (value.BytesTotal is not long total)
        {
            return;
        }

        if (!_bars.TryGetValue(value.File, out var bar))
        {
            Output.Message($"{value.File} ({value.FileNumber} of {value.FileCount})");
            _bars[value.File] = bar = new ProgressBar("KiB");
        }

        bar.Report(value.BytesDone >> 10, total >> 10);
    }
}
