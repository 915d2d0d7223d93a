using BrewClip.Core.Audio;
using BrewClip.Data;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A corpus' recordings with white noise, for transcripts that are worse by degrees.</summary>
internal static class NoisyCorpus
{
    private const ulong Seed = 0;
    private const float LargestSample = 0.999f;

    /// <summary>Writes the recordings, those that are there already left as they are.</summary>
    /// <param name="corpus">The corpus; it stays as it is.</param>
    /// <param name="decibels">The recording's mean power over the noise's, in dB.</param>
    /// <param name="folder">Where the recordings go; made if absent.</param>
    /// <param name="cancellation">Heeded between recordings.</param>
    /// <returns>The corpus with these recordings in place of its own.</returns>
    public static ExperimentCorpus Make(ExperimentCorpus corpus, double decibels, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var captions = new List<SpokenImageCaption>(corpus.Captions.Count);
        foreach (var caption in corpus.Captions)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, Path.GetFileName(caption.AudioPath!));
            if (!File.Exists(path))
            {
                WaveFileWriter.Write(path, WithNoise(AudioClip.Load(caption.AudioPath!), decibels, caption.Id));
            }

            captions.Add(caption with { AudioPath = path });
        }

        return corpus with { Name = ExperimentCorpus.NoisyName(corpus.CleanName, decibels), Captions = captions };
    }

    /// <summary>A recording with noise; where their sum would be clipped, both are made quieter together.</summary>
    internal static AudioClip WithNoise(AudioClip clip, double decibels, string name)
    {
        var random = DeterministicRandom.For(Seed, "noise", name);
        var source = clip.Samples.Span;
        double power = 0;
        foreach (float sample in source)
        {
            power += (double)sample * sample / source.Length;
        }

        double deviation = Math.Sqrt(power * Math.Pow(10, -decibels / 10));
        var samples = new float[source.Length];
        float largest = LargestSample;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = source[i] + (float)(deviation * Gaussian(random));
            largest = Math.Max(largest, Math.Abs(samples[i]));
        }

        for (int i = 0; i < samples.Length && largest > LargestSample; i++)
        {
            samples[i] *= LargestSample / largest;
        }

        return new AudioClip(samples, clip.SampleRate);
    }

    // Box and Muller 1958; 1 − u is never 0.
    private static double Gaussian(DeterministicRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
