using System.Buffers;
using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Audio;

/// <summary>
/// Writes mono WAV files of 16-bit PCM. A file is written beside its place and renamed into it, so that it is never seen half-written.
/// </summary>
public static class WaveFileWriter
{
    private const int BlockSamples = 1 << 14;

    /// <summary>Writes <paramref name="clip"/>; samples are scaled by 32768, rounded, and clamped to what 16 bits hold.</summary>
    /// <param name="path">The file, replaced where it exists. Its folder must exist.</param>
    /// <param name="clip">What to write; at most 2^31 - 38 bytes of samples.</param>
    public static void Write(string path, AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        AtomicFile.Write(path, stream => Write(stream, clip));
    }

    /// <summary>Writes <paramref name="clip"/> to a stream, which stays open and need not seek.</summary>
    public static void Write(Stream stream, AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        ReadOnlySpan<float> samples = clip.Samples.Span;
        var format = new WaveFormat(WaveEncoding.Pcm, 1, clip.SampleRate, 16);
        Span<byte> header = stackalloc byte[WaveFormat.HeaderBytes];
        format.WriteHeader(header, checked((uint)samples.Length * sizeof(short)));
        stream.Write(header);

        float[] scaled = ArrayPool<float>.Shared.Rent(BlockSamples);
        short[] integers = ArrayPool<short>.Shared.Rent(BlockSamples);
        for (int start = 0; start < samples.Length; start += BlockSamples)
        {
            ReadOnlySpan<float> block = samples.Slice(start, Math.Min(BlockSamples, samples.Length - start));
            stream.Write(ToInt16(block, scaled.AsSpan(0, block.Length), integers.AsSpan(0, block.Length)));
        }

        ArrayPool<float>.Shared.Return(scaled);
        ArrayPool<short>.Shared.Return(integers);
    }

    private static ReadOnlySpan<byte> ToInt16(ReadOnlySpan<float> samples, Span<float> scaled, Span<short> integers)
    {
        TensorPrimitives.Multiply(samples, 32768f, scaled);
        TensorPrimitives.Round(scaled, scaled);
        TensorPrimitives.ConvertSaturating<float, short>(scaled, integers);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(integers, integers);
        }

        return MemoryMarshal.AsBytes(integers);
    }
}
