using System.Numerics.Tensors;

namespace BrewClip.Models.Brew;

/// <summary>
/// Several vectors of one item (windows of a long text or utterance, views of an image) as one: the weighted mean of their directions, at
/// the weighted mean of their lengths.
/// </summary>
/// <remarks>
/// Directions, because cosines compare nothing else, and a window must not count more for being longer; the mean length, because the two
/// channels are added as they are, and the average of several windows has to weigh as much against the other channel as one window does.
/// </remarks>
internal static class VectorPool
{
    /// <param name="vectors">At least one, of equal dimensions.</param>
    /// <param name="weights">As many positive numbers; equal ones when empty.</param>
    public static float[] Average(IReadOnlyList<float[]> vectors, IReadOnlyList<double> weights)
    {
        if (vectors.Count == 1)
        {
            return vectors[0];
        }

        var sum = new float[vectors[0].Length];
        double length = 0, total = 0;
        for (int i = 0; i < vectors.Count; i++)
        {
            double weight = weights.Count == 0 ? 1 : weights[i];
            float norm = TensorPrimitives.Norm<float>(vectors[i]);
            if (norm > 0)
            {
                TensorPrimitives.MultiplyAdd<float>(vectors[i], (float)(weight / norm), sum, sum);
            }

            length += weight * norm;
            total += weight;
        }

        float pooled = TensorPrimitives.Norm<float>(sum);
        if (pooled > 0)
        {
            TensorPrimitives.Multiply<float>(sum, (float)(length / total / pooled), sum);
        }

        return sum;
    }

    /// <summary>The vector at length 1; one of zeros as it is.</summary>
    public static float[] Normalize(float[] vector)
    {
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm == 0)
        {
            return vector;
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide<float>(vector, norm, unit);
        return unit;
    }
}
