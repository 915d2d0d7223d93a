using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Benchmarks.Audio;

/// <summary>Thirty seconds of samples to Whisper's log-mel spectrogram.</summary>
internal sealed class LogMelWorkload(int melBins) : Workload
{
    private readonly float[] _samples = RandomValues.Floats(LogMelSpectrogram.WindowSamples);
    private readonly float[] _mel = new float[melBins * LogMelSpectrogram.WindowFrames];
    private readonly LogMelSpectrogram _front = new(melBins);

    public override void Run() => _front.ComputeWindow(_samples, _mel);

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        string samples = Path.Combine(folder, "samples.npy");
        NpyFile.Write(samples, _samples, _samples.Length);
        return [samples, $"{melBins}"];
    }
}
