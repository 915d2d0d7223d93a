namespace BrewClip.Core.Images;

/// <summary>
/// The weights of Pillow's antialiased bicubic filter (a = −0.5) along one axis, for a range of output positions, in its fixed-point form.
/// </summary>
/// <remarks>
/// When an axis shrinks, the filter is stretched by the same factor, so that every input pixel counts: plain bicubic does not.
/// </remarks>
internal sealed class BicubicCoefficients
{
    /// <summary>Fraction bits of a weight: 32, less 8 for a sample and 2 for the filter's overshoot.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private const double FilterSupport = 2.0;

    private BicubicCoefficients(int count, int width)
    {
        Width = width;
        Starts = new int[count];
        Counts = new int[count];
        Weights = new int[count * width];
    }

    /// <summary>How many weights each output position has room for; unused ones are 0.</summary>
    public int Width { get; }

    /// <summary>The first input position that each output position reads.</summary>
    public int[] Starts { get; }

    /// <summary>How many input positions each output position reads.</summary>
    public int[] Counts { get; }

    /// <summary>Count × <see cref="Width"/> weights, as integers of <see cref="PrecisionBits"/> fraction bits.</summary>
    public int[] Weights { get; }

    /// <summary>The first input position that any output position reads.</summary>
    public int InputStart => Starts[0];

    /// <summary>One past the last input position that any output position reads.</summary>
    public int InputEnd => Starts[^1] + Counts[^1];

    /// <summary>
    /// Computes the weights for output positions <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.
    /// </summary>
    /// <param name="inputSize">Pixels along the axis before resizing.</param>
    /// <param name="outputSize">Pixels along the axis after resizing, of which only the range is wanted.</param>
    /// <param name="first">The first output position.</param>
    /// <param name="count">How many output positions.</param>
    public static BicubicCoefficients Compute(int inputSize, int outputSize, int first, int count)
    {
        double scale = (double)inputSize / outputSize;
        double filterScale = Math.Max(scale, 1.0);
        double support = FilterSupport * filterScale;
        int width = (int)Math.Ceiling(support) * 2 + 1;
        var coefficients = new BicubicCoefficients(count, width);
        double[] weights = new double[width];
        for (int i = 0; i < count; i++)
        {
            double center = (first + i + 0.5) * scale;
            int start = Math.Max((int)(center - support + 0.5), 0);
            int taps = Math.Min((int)(center + support + 0.5), inputSize) - start;
            Evaluate(weights.AsSpan(0, taps), start - center + 0.5, 1.0 / filterScale);
            coefficients.Starts[i] = start;
            coefficients.Counts[i] = taps;
            Quantize(weights.AsSpan(0, taps), coefficients.Weights.AsSpan(i * width));
        }

        return coefficients;
    }

    private static void Evaluate(Span<double> weights, double offset, double inverseScale)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Filter((i + offset) * inverseScale);
            sum += weights[i];
        }

        if (sum != 0)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] /= sum;
            }
        }
    }

    private static void Quantize(ReadOnlySpan<double> weights, Span<int> quantized)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            double scaled = weights[i] * (1 << PrecisionBits);
            quantized[i] = (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
    }

    private static double Filter(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (x < 1.0)
        {
            return ((A + 2.0) * x - (A + 3.0)) * x * x + 1;
        }

        return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * A : 0.0;
    }
}
