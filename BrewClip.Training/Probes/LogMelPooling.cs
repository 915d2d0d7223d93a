using BrewClip.Core.Audio;

namespace BrewClip.Training.Probes;

/// <summary>
/// The baseline that knows nothing of speech: mean and standard deviation over time of every mel bin of the utterance's own log-mel
/// spectrogram, without padding and without a model.
/// </summary>
/// <param name="melBins">Mel bins. Default 80.</param>
public sealed class LogMelPooling(int melBins = 80)
{
    private readonly LogMelSpectrogram _spectrogram = new(melBins);

    /// <summary>Twice as many numbers as mel bins for each recording, in order.</summary>
    /// <exception cref="InvalidDataException">A recording cannot be decoded, or is shorter than one frame of 10 ms.</exception>
    /// <exception cref="FileNotFoundException">A recording is missing.</exception>
    public IReadOnlyList<float[]> Compute(IReadOnlyList<string> audioPaths, CancellationToken cancellation = default)
    {
        var pooled = new float[audioPaths.Count][];
        for (int i = 0; i < pooled.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            pooled[i] = Pool(AudioClip.Load(audioPaths[i]).Resample(LogMelSpectrogram.SampleRate), audioPaths[i]);
        }

        return pooled;
    }

    private float[] Pool(AudioClip clip, string name)
    {
        int frames = _spectrogram.FrameCount(clip.Samples.Length);
        if (frames == 0)
        {
            throw new InvalidDataException($"'{name}' holds {clip.Samples.Length} samples at 16 kHz: less than one frame of 10 ms.");
        }

        var bins = new float[melBins * frames];
        _spectrogram.Compute(clip.Samples.Span, bins);
        var byFrame = new float[bins.Length];
        for (int i = 0; i < bins.Length; i++)
        {
            byFrame[i % frames * melBins + i / frames] = bins[i];
        }

        return FramePooling.MeanAndDeviation.Pool(byFrame, frames, melBins);
    }
}
