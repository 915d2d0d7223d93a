using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>How cdist computes Euclidean distances; the numbers are libtorch's.</summary>
public enum compute_mode
{
    /// <summary>By a product where there are more than 25 rows.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>By a product.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>By differences.</summary>
    donot_use_mm_for_euclid_dist = 2,
}

/// <summary>PyTorch's functions and types under their own names.</summary>
public static partial class torch
{
    /// <summary>How a quotient is rounded; the names are libtorch's.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None,

        /// <summary>Towards zero.</summary>
        trunc,

        /// <summary>Down.</summary>
        floor,
    }

    private static Argument Rounding(RoundingMode mode) => mode == RoundingMode.None ? default(Argument) : mode.ToString();

    private static Tensor As(Tensor result, ScalarType? type) => type is { } given ? result.to_type(given, disposeAfter: true) : result;

    private static ScalarType Floating(ScalarType? dtype) => dtype ?? defaultType;

    private static ScalarType Whole(Scalar start, Scalar stop, Scalar step) =>
        start.Type.IsIntegral() && stop.Type.IsIntegral() && step.Type.IsIntegral() ? ScalarType.Int64 : defaultType;

    private static long[] Long(int[] size) => Array.ConvertAll(size, length => (long)length);

    public unsafe partial class Tensor
    {
        private (Tensor, Tensor?, Tensor?) Unique(bool sorted, bool inverse, bool counts, int? dim)
        {
            var (output, positions, frequencies) = dim is { } axis
                ? Aten.unique_dim.CallTriple(this, axis, sorted, inverse, counts)
                : Aten._unique2.CallTriple(this, sorted, inverse, counts);
            return (output, Asked(positions, inverse), Asked(frequencies, counts));

            static Tensor? Asked(Tensor? result, bool wanted)
            {
                if (wanted) return result;
                result?.Dispose();
                return null;
            }
        }
    }
}
