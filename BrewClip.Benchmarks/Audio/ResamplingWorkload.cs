using BrewClip.Core.Audio;

namespace BrewClip.Benchmarks.Audio;

/// <summary>Ten seconds resampled to 16 kHz.</summary>
internal sealed class ResamplingWorkload(int rate) : Workload
{
    private const int Seconds = 10;

    private readonly AudioClip _clip = new(RandomValues.Floats(Seconds * rate), rate);

    public override void Run() => _clip.Resample(LogMelSpectrogram.SampleRate);

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        string sound = Path.Combine(folder, "sound.wav");
        WaveFileWriter.Write(sound, _clip);
        return [sound];
    }
}
