using System.Numerics.Tensors;
using BrewClip.Core.Audio;

namespace BrewClip.Models.Whisper.Transcription;

/// <summary>Tells silence by its level, before any network hears it.</summary>
/// <param name="level">Decibels of full scale; null lets everything pass.</param>
internal sealed class SilenceGate(double? level)
{
    private const int Stretch = LogMelSpectrogram.SampleRate / 10;

    /// <summary>Whether the loudest tenth of a second of some samples is below the level.</summary>
    public bool IsSilent(ReadOnlySpan<float> samples)
    {
        if (level is not { } decibels)
        {
            return false;
        }

        double loudest = Math.Pow(10, decibels / 10);
        for (int start = 0; start < samples.Length; start += Stretch)
        {
            var stretch = samples.Slice(start, Math.Min(Stretch, samples.Length - start));
            double power = TensorPrimitives.SumOfSquares(stretch) / stretch.Length;
            if (power > 0 && power >= loudest)
            {
                return false;
            }
        }

        return true;
    }
}
