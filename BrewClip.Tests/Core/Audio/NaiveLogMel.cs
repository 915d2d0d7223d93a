namespace BrewClip.Tests.Core.Audio;

/// <summary>Whisper's log-mel from its definition, in double, with a Fourier sum written out: slow and plainly right.</summary>
internal static class NaiveLogMel
{
    private static readonly double[] _cosines = [.. Enumerable.Range(0, 400).Select(i => Math.Cos(2 * Math.PI * i / 400))];
    private static readonly double[] _sines = [.. Enumerable.Range(0, 400).Select(i => Math.Sin(2 * Math.PI * i / 400))];

    public static float[] Compute(float[] samples, int bins)
    {
        int frames = samples.Length / 160;
        double[,] filters = Filters(bins);
        var log = new double[bins * frames];
        for (int frame = 0; frame < frames; frame++)
        {
            double[] power = Power(samples, frame * 160 - 200);
            for (int bin = 0; bin < bins; bin++)
            {
                double sum = 0;
                for (int k = 0; k < power.Length; k++)
                {
                    sum += filters[bin, k] * power[k];
                }

                log[bin * frames + frame] = Math.Log10(Math.Max(sum, 1e-10));
            }
        }

        double floor = frames == 0 ? 0 : log.Max() - 8;
        return [.. log.Select(value => (float)((Math.Max(value, floor) + 4) / 4))];
    }

    /// <summary>Slaney's filters, frequency by frequency from mel edges, with the constants as librosa documents them.</summary>
    public static double[,] Filters(int bins)
    {
        const double maxMel = 45.245640471924965; // 8 kHz
        var edges = new double[bins + 2];
        for (int i = 0; i < edges.Length; i++)
        {
            double mel = maxMel * i / (bins + 1);
            edges[i] = mel < 15 ? mel * (200.0 / 3) : 1000 * Math.Pow(6.4, (mel - 15) / 27);
        }

        var filters = new double[bins, 201];
        for (int bin = 0; bin < bins; bin++)
        {
            var (left, centre, right) = (edges[bin], edges[bin + 1], edges[bin + 2]);
            for (int k = 0; k <= 200; k++)
            {
                double hertz = 40 * k;
                double height = hertz <= left || hertz >= right ? 0
                    : hertz <= centre ? (hertz - left) / (centre - left)
                    : (right - hertz) / (right - centre);
                filters[bin, k] = height * 2 / (right - left);
            }
        }

        return filters;
    }

    private static double[] Power(float[] samples, int start)
    {
        var frame = new double[400];
        for (int n = 0; n < frame.Length; n++)
        {
            frame[n] = samples[Reflect(start + n, samples.Length)] * (0.5 - 0.5 * _cosines[n]);
        }

        var power = new double[201];
        for (int k = 0; k < power.Length; k++)
        {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < frame.Length; n++)
            {
                real += frame[n] * _cosines[k * n % 400];
                imaginary -= frame[n] * _sines[k * n % 400];
            }

            power[k] = real * real + imaginary * imaginary;
        }

        return power;
    }

    private static int Reflect(int index, int length)
    {
        while (index < 0 || index >= length)
        {
            index = length == 1 ? 0 : index < 0 ? -index : 2 * (length - 1) - index;
        }

        return index;
    }
}
