using System.Numerics.Tensors;

namespace BrewClip.Core.Audio;

/// <summary>
/// Triangular filters that gather a power spectrum into mel bins. Most weights are zero, so each bin keeps only the run that is not.
/// Immutable and thread-safe.
/// </summary>
public sealed class MelFilterBank
{
    private readonly float[][] _weights;
    private readonly int[] _first;

    private MelFilterBank(int bins, int frequencies, Func<int, int, double> weight, Func<int, double> scale)
    {
        Frequencies = frequencies;
        _weights = new float[bins][];
        _first = new int[bins];
        var row = new float[frequencies];
        for (int bin = 0; bin < bins; bin++)
        {
            for (int frequency = 0; frequency < frequencies; frequency++)
            {
                // Rounded before and after scaling, as the published tables were.
                row[frequency] = (float)((float)weight(bin, frequency) * scale(bin));
            }

            int first = Math.Max(0, row.AsSpan().IndexOfAnyExcept(0f));
            _first[bin] = first;
            _weights[bin] = row[first..(row.AsSpan().LastIndexOfAnyExcept(0f) + 1)];
        }
    }

    /// <summary>Mel bins: the rows of the matrix.</summary>
    public int Bins => _weights.Length;

    /// <summary>Points of the spectrum, from 0 Hz up: the columns of the matrix.</summary>
    public int Frequencies { get; }

    /// <summary>
    /// The filters of Slaney's Auditory Toolbox, as librosa and Whisper use them: mel linear below 1 kHz (200/3 Hz each) and logarithmic
    /// above (27 per factor 6.4), every triangle scaled by 2 / its width in hertz, from 0 Hz to half the sample rate.
    /// </summary>
    /// <param name="bins">Mel bins, at least 1.</param>
    /// <param name="sampleRate">The rate of the samples, in hertz.</param>
    /// <param name="frequencySize">Points of the Fourier transform; the bank reads frequencySize / 2 + 1 of them.</param>
    public static MelFilterBank Slaney(int bins, int sampleRate, int frequencySize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] edges = Edges(bins, SlaneyMel(0), SlaneyMel(sampleRate / 2.0), SlaneyHertz);
        return new MelFilterBank(
            bins,
            frequencySize / 2 + 1,
            (bin, frequency) => Triangle(edges, bin, (double)frequency * sampleRate / frequencySize),
            bin => 2.0 / (edges[bin + 2] - edges[bin]));
    }

    /// <summary>
    /// The filters of Kaldi: triangles in the mel domain (mel = 1127 ln(1 + f / 700)), unscaled, that never read the Nyquist frequency.
    /// </summary>
    /// <param name="bins">Mel bins, at least 1.</param>
    /// <param name="sampleRate">The rate of the samples, in hertz.</param>
    /// <param name="frequencySize">Points of the Fourier transform; the bank reads the first frequencySize / 2 of them.</param>
    /// <param name="lowFrequency">Where the first triangle starts, in hertz.</param>
    public static MelFilterBank Kaldi(int bins, int sampleRate, int frequencySize, double lowFrequency = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] edges = Edges(bins, KaldiMel(lowFrequency), KaldiMel(sampleRate / 2.0), mel => mel);
        return new MelFilterBank(
            bins,
            frequencySize / 2,
            (bin, frequency) => Triangle(edges, bin, KaldiMel((double)frequency * sampleRate / frequencySize)),
            _ => 1);
    }

    /// <summary>The index of the first frequency that <paramref name="bin"/> reads.</summary>
    public int FirstFrequency(int bin) => _first[bin];

    /// <summary>The weights of <paramref name="bin"/> from <see cref="FirstFrequency"/> on; zero before and after.</summary>
    public ReadOnlySpan<float> Weights(int bin) => _weights[bin];

    /// <summary>Applies the bank to one power spectrum.</summary>
    /// <param name="power">[<see cref="Frequencies"/>]</param>
    /// <param name="mel">Takes [<see cref="Bins"/>].</param>
    public void Apply(ReadOnlySpan<float> power, Span<float> mel)
    {
        for (int bin = 0; bin < Bins; bin++)
        {
            ReadOnlySpan<float> weights = _weights[bin];
            mel[bin] = TensorPrimitives.Dot(power.Slice(_first[bin], weights.Length), weights);
        }
    }

    private static double[] Edges(int bins, double lowest, double highest, Func<double, double> toScale) =>
        [.. Enumerable.Range(0, bins + 2).Select(i => toScale(lowest + (highest - lowest) * i / (bins + 1)))];

    private static double Triangle(double[] edges, int bin, double position)
    {
        double rising = (position - edges[bin]) / (edges[bin + 1] - edges[bin]);
        double falling = (edges[bin + 2] - position) / (edges[bin + 2] - edges[bin + 1]);
        return Math.Max(0, Math.Min(rising, falling));
    }

    // Slaney's Auditory Toolbox (1998): 15 mel at 1 kHz.
    private static double SlaneyMel(double hertz) => hertz < 1000 ? hertz * 3 / 200 : 15 + Math.Log(hertz / 1000) * 27 / Math.Log(6.4);

    private static double SlaneyHertz(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Exp((mel - 15) * Math.Log(6.4) / 27);

    private static double KaldiMel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
}
