using System.Numerics.Tensors;

namespace BrewClip.Core.Audio;

/// <summary>Mixes interleaved channels to mono by averaging them.</summary>
public static class ChannelMixer
{
    /// <summary>Averages each frame.</summary>
    /// <param name="interleaved">Frames of <paramref name="channels"/> samples.</param>
    /// <param name="channels">Samples per frame, at least 1.</param>
    /// <param name="mono">Takes one sample per frame; at least as long as there are frames.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the channels, or <paramref name="mono"/> is too short.</exception>
    public static void Average(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        int frames = interleaved.Length / channels;
        if (frames * channels != interleaved.Length || mono.Length < frames)
        {
            throw new ArgumentException(
                $"{interleaved.Length} samples of {channels} channels do not mix into {mono.Length} mono samples.", nameof(mono));
        }

        if (channels == 1)
        {
            interleaved.CopyTo(mono);
            return;
        }

        for (int frame = 0; frame < frames; frame++)
        {
            float sum = 0;
            foreach (float sample in interleaved.Slice(frame * channels, channels))
            {
                sum += sample;
            }

            mono[frame] = sum;
        }

        TensorPrimitives.Divide(mono[..frames], channels, mono);
    }
}
