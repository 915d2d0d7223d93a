namespace BrewClip.Core.Checkpoints;

/// <summary>The 256 values of each 8-bit type: OCP FP8 and microscaling E8M0, and the FNUZ variants of arXiv 2206.02915.</summary>
internal static class Float8
{
    private static readonly Lazy<float[]> _boolean = new(() => Tabulate(b => b == 0 ? 0 : 1));
    private static readonly Lazy<float[]> _e8M0 = new(() => Tabulate(b => b == 255 ? double.NaN : Math.Pow(2, b - 127)));
    private static readonly Lazy<float[]> _e4M3 = new(() => Tabulate(b => (b & 0x7F) == 0x7F ? double.NaN : Decode(b, 3, 7)));
    private static readonly Lazy<float[]> _e5M2 = new(() => Tabulate(b => (b & 0x7C) == 0x7C ? NotFinite(b) : Decode(b, 2, 15)));
    private static readonly Lazy<float[]> _e4M3Fnuz = new(() => Tabulate(b => b == 0x80 ? double.NaN : Decode(b, 3, 8)));
    private static readonly Lazy<float[]> _e5M2Fnuz = new(() => Tabulate(b => b == 0x80 ? double.NaN : Decode(b, 2, 16)));

    public static float[] Table(SafetensorsType type) => type switch
    {
        SafetensorsType.Bool => _boolean.Value,
        SafetensorsType.Float8E8M0 => _e8M0.Value,
        SafetensorsType.Float8E4M3 => _e4M3.Value,
        SafetensorsType.Float8E5M2 => _e5M2.Value,
        SafetensorsType.Float8E4M3Fnuz => _e4M3Fnuz.Value,
        SafetensorsType.Float8E5M2Fnuz => _e5M2Fnuz.Value,
        _ => throw new NotSupportedException($"{type.HeaderName()} is not a type of one byte with a float32 reading."),
    };

    private static float[] Tabulate(Func<int, double> value) => [.. Enumerable.Range(0, 256).Select(b => (float)value(b))];

    private static double NotFinite(int bits) =>
        (bits & 3) != 0 ? double.NaN : (bits & 0x80) != 0 ? double.NegativeInfinity : double.PositiveInfinity;

    private static double Decode(int bits, int mantissaBits, int bias)
    {
        int exponent = (bits & 0x7F) >> mantissaBits;
        double fraction = (bits & ((1 << mantissaBits) - 1)) / (double)(1 << mantissaBits);
        double magnitude = exponent == 0 ? fraction * Math.Pow(2, 1 - bias) : (1 + fraction) * Math.Pow(2, exponent - bias);
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }
}
