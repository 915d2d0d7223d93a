using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BrewClip.Core.Audio;

/// <summary>
/// One computation of <see cref="LogMelSpectrogram"/>: chunks of frames side by side, then the floor that needs the maximum of them all.
/// </summary>
internal sealed unsafe class LogMelPass
{
    private const int ChunkFrames = 64;
    private const int MinChunksPerThread = 32; // 20 s of sound, under 1 ms of work: less is not worth waiting for another thread
    private const int Size = LogMelSpectrogram.FrequencySize;
    private const int Hop = LogMelSpectrogram.HopLength;
    private const int Reach = Size / 2;
    private const int ChunkSamples = (ChunkFrames - 1) * Hop + Size;
    private const float SmallestPower = 1e-10f;
    private const float Silence = -10; // its log10
    private const float Log10Of2 = 0.30102999566398120f;

    private readonly float* _samples;
    private readonly float* _window;
    private readonly float* _destination;
    private readonly int _length;
    private readonly int _total;
    private readonly int _frames;
    private readonly int _silentFrom;
    private readonly MelFilterBank _filters;
    private readonly float[] _maxima;
    private float _floor;

    private LogMelPass(float* samples, int length, int total, float* window, MelFilterBank filters, float* destination)
    {
        _samples = samples;
        _length = length;
        _total = total;
        _window = window;
        _filters = filters;
        _destination = destination;
        _frames = total / Hop;
        // Where the zeros at the end are long enough, neither the samples nor their reflection reach the frames from here on.
        _silentFrom = length <= total - Size ? Math.Min(_frames, (length + Reach + Hop - 1) / Hop) : _frames;
        _maxima = new float[(_frames + ChunkFrames - 1) / ChunkFrames];
    }

    /// <summary>
    /// Fills <paramref name="destination"/> [bins, total / 160] from the samples and the zeros that follow up to <paramref
    /// name="total"/>.
    /// </summary>
    public static void Run(
        ReadOnlySpan<float> samples, int total, float[] window, MelFilterBank filters, int threads, Span<float> destination)
    {
        fixed (float* from = samples, hann = window, to = destination)
        {
            var pass = new LogMelPass(from, samples.Length, total, hann, filters, to);
            int worthwhile = Math.Min(threads, pass._silentFrom / (ChunkFrames * MinChunksPerThread));
            ForEach(pass._maxima.Length, worthwhile, pass.ComputeChunk);
            pass._floor = TensorPrimitives.Max<float>(pass._maxima) - 8;
            if (!float.IsFinite(pass._floor))
            {
                throw new ArgumentException(
                    $"The samples reach {TensorPrimitives.MaxMagnitude(samples)}, whose power is beyond float32: scale them to [-1, 1].",
                    nameof(samples));
            }

            ForEach(filters.Bins, worthwhile, pass.FinishRow);
        }
    }

    private static void ForEach(int count, int threads, Action<int> body)
    {
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            body(i);
        }
    }

    [SkipLocalsInit]
    private void ComputeChunk(int chunk)
    {
        int first = chunk * ChunkFrames;
        int end = Math.Min(first + ChunkFrames, _frames);
        int soundEnd = Math.Min(end, _silentFrom);
        Vector256<float> maximum = Vector256.Create(Silence);
        if (first < soundEnd)
        {
            float* edge = stackalloc float[ChunkSamples];
            Vector256<float>* work = stackalloc Vector256<float>[2 * Size + 1];
            work = (Vector256<float>*)(((nint)work + 31) & ~(nint)31);
            float* samples = SamplesUnder(first, edge);
            for (int frame = first; frame < soundEnd; frame += FrameLanes.Count)
            {
                FrameLanes.Interleave(samples + (frame - first) * Hop, Hop, _window, Size, work);
                FourierTransform400.PowerTimesFour(work, work + Size);
                maximum = Vector256.Max(maximum, StoreLogMel(work + Size, frame));
            }
        }

        FillSilence(Math.Max(first, _silentFrom), end);
        _maxima[chunk] = TensorPrimitives.Max(new ReadOnlySpan<float>(&maximum, Vector256<float>.Count));
    }

    /// <summary>The samples under the chunk's frames: in place where they all exist, else copied with the reflection at the ends.</summary>
    private float* SamplesUnder(int firstFrame, float* edge)
    {
        int start = firstFrame * Hop - Reach;
        if (start >= 0 && start + ChunkSamples <= _length)
        {
            return _samples + start;
        }

        for (int i = 0; i < ChunkSamples; i++)
        {
            int index = Reflect(start + i, _total);
            edge[i] = index < _length ? _samples[index] : 0;
        }

        return edge;
    }

    private static int Reflect(int index, int length)
    {
        if ((uint)index < (uint)length)
        {
            return index;
        }

        // A clip shorter than half a frame is reflected more than once.
        int period = Math.Max(1, 2 * (length - 1));
        int folded = (index % period + period) % period;
        return folded < length ? folded : period - folded;
    }

    /// <summary>Gathers mel bins, takes their logarithm, stores up to eight columns and returns the maximum of those that exist.</summary>
    private Vector256<float> StoreLogMel(Vector256<float>* power, int frame)
    {
        Vector256<float> maximum = Vector256.Create(Silence);
        Vector256<float> smallest = Vector256.Create(SmallestPower);
        int columns = Math.Min(FrameLanes.Count, _frames - frame);
        for (int bin = 0; bin < _filters.Bins; bin++)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            Vector256<float>* frequency = power + _filters.FirstFrequency(bin);
            foreach (float weight in _filters.Weights(bin))
            {
                sum = Vector256.MultiplyAddEstimate(*frequency++, Vector256.Create(weight), sum);
            }

            // The transform left its factor of four, a power of two and so without rounding, to this place.
            Vector256<float> log = Vector256.Log2(Vector256.Max(sum * 0.25f, smallest)) * Log10Of2;
            float* row = _destination + (long)bin * _frames + frame;
            if (columns == FrameLanes.Count)
            {
                log.Store(row);
            }
            else
            {
                log = Vector256.ConditionalSelect(
                    Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(columns)).AsSingle(), log, Vector256.Create(Silence));
                new ReadOnlySpan<float>(&log, columns).CopyTo(new Span<float>(row, columns));
            }

            maximum = Vector256.Max(maximum, log);
        }

        return maximum;
    }

    private void FillSilence(int from, int to)
    {
        for (int bin = 0; bin < _filters.Bins && from < to; bin++)
        {
            new Span<float>(_destination + (long)bin * _frames + from, to - from).Fill(Silence);
        }
    }

    private void FinishRow(int bin)
    {
        var row = new Span<float>(_destination + (long)bin * _frames, _frames);
        TensorPrimitives.Max(row, _floor, row);
        TensorPrimitives.Add(row, 4, row);
        TensorPrimitives.Multiply(row, 0.25f, row);
    }
}
