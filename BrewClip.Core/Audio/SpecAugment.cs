namespace BrewClip.Core.Audio;

/// <summary>
/// Masking of SpecAugment (Park et al. 2019, section 2): bands of frequencies and spans of time, of random width and place, are set to one
/// value. A mask is at most as wide as its limit and as the spectrogram. Immutable and thread-safe as long as each call has a
/// <see cref="Random"/> of its own.
/// </summary>
public sealed record SpecAugment
{
    /// <summary>Masks over frequency, at least 0. Default 1.</summary>
    public int FrequencyMasks { get; init; } = 1;

    /// <summary>A frequency mask is 0 to this many bins wide, this limit excluded. Default 32.</summary>
    public int FrequencyWidth { get; init; } = 32;

    /// <summary>Masks over time, at least 0. Default 1.</summary>
    public int TimeMasks { get; init; } = 1;

    /// <summary>A time mask is 0 to this many frames wide, this limit excluded. Default 200.</summary>
    public int TimeWidth { get; init; } = 200;

    /// <summary>What masked places hold; 0 is the mean of normalised features. Default 0.</summary>
    public float MaskValue { get; init; }

    /// <summary>Masks a spectrogram in place.</summary>
    /// <param name="spectrogram">[bins, frames], row-major, as <see cref="LogMelSpectrogram"/> gives it.</param>
    /// <param name="bins">Rows.</param>
    /// <param name="frames">Columns.</param>
    /// <param name="random">Where widths and places come from: the same seed masks the same.</param>
    public void Apply(Span<float> spectrogram, int bins, int frames, Random random) =>
        Mask(spectrogram, bins, frames, rowsAreFrequencies: true, random);

    /// <summary>Masks features in place.</summary>
    /// <param name="features">[frames, bins], row-major, as <see cref="KaldiFilterBank"/> gives them.</param>
    /// <param name="frames">Rows.</param>
    /// <param name="bins">Columns.</param>
    /// <param name="random">Where widths and places come from: the same seed masks the same.</param>
    public void ApplyToFrames(Span<float> features, int frames, int bins, Random random) =>
        Mask(features, frames, bins, rowsAreFrequencies: false, random);

    private void Mask(Span<float> values, int rows, int columns, bool rowsAreFrequencies, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (rows < 0 || columns < 0 || (long)rows * columns != values.Length)
        {
            throw new ArgumentException($"{values.Length} numbers are not {rows} × {columns}.", nameof(values));
        }

        for (int i = 0; i < FrequencyMasks; i++)
        {
            MaskOne(values, rows, columns, alongRows: rowsAreFrequencies, FrequencyWidth, random);
        }

        for (int i = 0; i < TimeMasks; i++)
        {
            MaskOne(values, rows, columns, alongRows: !rowsAreFrequencies, TimeWidth, random);
        }
    }

    private void MaskOne(Span<float> values, int rows, int columns, bool alongRows, int limit, Random random)
    {
        int size = alongRows ? rows : columns;
        int width = Math.Min((int)(random.NextDouble() * limit), size);
        int start = (int)(random.NextDouble() * (size - width));
        if (alongRows)
        {
            values.Slice(start * columns, width * columns).Fill(MaskValue);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            values.Slice(row * columns + start, width).Fill(MaskValue);
        }
    }
}
