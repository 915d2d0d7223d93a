using System.Numerics.Tensors;

namespace BrewClip.Training.Probes;

/// <summary>How the frames of an utterance become one vector.</summary>
public enum FramePooling
{
    /// <summary>The mean of every channel.</summary>
    Mean,

    /// <summary>The mean and, after it, the standard deviation of every channel.</summary>
    MeanAndDeviation,
}

/// <summary>Pools frames over time.</summary>
public static class FramePoolingExtensions
{
    /// <summary>One vector for an utterance: of the frames' width for the mean, of twice that with the deviation.</summary>
    public static float[] Pool(this FramePooling pooling, EncoderFrames frames)
    {
        var values = new float[frames.Values.Length];
        TensorPrimitives.ConvertToSingle(frames.Values.Span, values);
        return Pool(pooling, values, frames.Count, frames.Width);
    }

    /// <summary>The same of frames [count, width], row-major.</summary>
    /// <exception cref="ArgumentException">There are no frames, or not as many numbers as they take.</exception>
    public static float[] Pool(this FramePooling pooling, ReadOnlySpan<float> frames, int count, int width)
    {
        if (count < 1 || width < 1 || frames.Length != (long)count * width)
        {
            throw new ArgumentException($"{frames.Length} numbers are given for {count} frames of {width}.", nameof(frames));
        }

        var sums = new double[width];
        var squares = new double[width];
        for (int i = 0; i < frames.Length; i++)
        {
            sums[i % width] += frames[i];
        }

        for (int i = 0; i < frames.Length; i++)
        {
            double difference = frames[i] - sums[i % width] / count;
            squares[i % width] += difference * difference;
        }

        float[] means = [.. sums.Select(sum => (float)(sum / count))];
        return pooling == FramePooling.Mean ? means : [.. means, .. squares.Select(square => (float)Math.Sqrt(square / count))];
    }
}
