namespace BrewClip.Training.Tasks;

/// <summary>
/// Makes another speaker of a speaker by stretching the axis of frequencies of a log-mel spectrogram, as a longer or shorter vocal tract
/// would (Jaitly and Hinton 2013, on the mel scale). Stateless.
/// </summary>
public static class FrequencyWarp
{
    /// <summary>
    /// Changes the first frames of a spectrogram in place: bin b becomes what stood at b · factor, between two bins interpolated.
    /// </summary>
    /// <param name="mel">[mel bins, stride], row-major.</param>
    /// <param name="melBins">Rows, at least 2.</param>
    /// <param name="stride">Frames of a row.</param>
    /// <param name="frames">How many of them hold sound.</param>
    /// <param name="factor">Above 0; 1 changes nothing. Beyond the highest bin, the highest stands.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0, or there is one row.</exception>
    public static void Apply(Span<float> mel, int melBins, int stride, int frames, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        ArgumentOutOfRangeException.ThrowIfLessThan(melBins, 2);
        float[] before = mel[..(melBins * stride)].ToArray();
        for (int bin = 0; bin < melBins; bin++)
        {
            double position = Math.Min(melBins - 1, bin * factor);
            int lower = Math.Min((int)position, melBins - 2);
            float share = (float)(position - lower);
            var low = before.AsSpan(lower * stride, frames);
            var high = before.AsSpan((lower + 1) * stride, frames);
            var result = mel.Slice(bin * stride, frames);
            for (int i = 0; i < frames; i++)
            {
                result[i] = low[i] + share * (high[i] - low[i]);
            }
        }
    }
}
