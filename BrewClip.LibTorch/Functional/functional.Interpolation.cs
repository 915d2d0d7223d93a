using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How values between samples are found.</summary>
    public enum InterpolationMode
    {
        /// <summary>The sample before, as OpenCV does it.</summary>
        Nearest = 0,

        /// <summary>Linear, of [batch, channels, length].</summary>
        Linear = 1,

        /// <summary>Linear in two dimensions.</summary>
        Bilinear = 2,

        /// <summary>Cubic in two dimensions, a = -0.75 (a = -0.5 with antialias).</summary>
        Bicubic = 3,

        /// <summary>Linear in three dimensions.</summary>
        Trilinear = 4,

        /// <summary>The mean over the area that a result covers.</summary>
        Area = 5,

        /// <summary>The nearest sample, as Pillow does it.</summary>
        NearestExact = 6,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Nearest1d = new("upsample_nearest1d", "vec"), Nearest2d = new("upsample_nearest2d", "vec");
            private static readonly Operator NearestExact1d = new("_upsample_nearest_exact1d", "vec"), NearestExact2d = new(
                "_upsample_nearest_exact2d", "vec");
            private static readonly Operator Linear1d = new("upsample_linear1d", "vec");
            private static readonly Operator Bilinear2d = new("upsample_bilinear2d", "vec"), Bilinear2dAntialias = new(
                "_upsample_bilinear2d_aa", "vec");
            private static readonly Operator Bicubic2d = new("upsample_bicubic2d", "vec"), Bicubic2dAntialias = new(
                "_upsample_bicubic2d_aa", "vec");
            private static readonly Operator Area1d = new("adaptive_avg_pool1d"), Area2d = new("adaptive_avg_pool2d");

            /// <summary>
            /// Resamples [batch, channels, length] or [batch, channels, height, width] to a size or by factors, one for each spatial
            /// dimension.
            /// </summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var spatial = (int)x.dim() - 2;
                Check(spatial, size, scale_factor, mode, align_corners, antialias);
                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = [.. scale_factor.Select((factor, i) => (long)Math.Floor(x.size(i + 2) * factor))];
                    scale_factor = null;
                }
                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Nearest1d.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Nearest2d.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => NearestExact1d.Call(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => NearestExact2d.Call(x, size, scale_factor),
                    (InterpolationMode.Area, 1) => Area1d.Call(x, size),
                    (InterpolationMode.Area, 2) => Area2d.Call(x, size),
                    (InterpolationMode.Linear, 1) => Linear1d.Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => (antialias ? Bilinear2dAntialias : Bilinear2d).Call(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => (antialias ? Bicubic2dAntialias : Bicubic2d).Call(x, size, corners, scale_factor),
                    _ => throw new ArgumentException($"Interpolation {mode} does not go with {x.dim()} dimensions.", nameof(mode)),
                };
            }

            private static void Check(
                int spatial, long[]? size, double[]? scale, InterpolationMode mode, bool? corners, bool antialias)
            {
                if (size is null == scale is null)
                {
                    throw new ArgumentException("interpolate takes either a size or a scale_factor.", nameof(size));
                }
                var given = size?.Length ?? scale!.Length;
                if (given != spatial)
                {
                    throw new ArgumentException(
                        $"interpolate takes one number for each of {spatial} spatial dimensions, not {given}.", nameof(size));
                }
                if (corners is not null && mode is (InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area))
                {
                    throw new ArgumentException($"align_corners has no meaning with {mode}.", "align_corners");
                }
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                {
                    throw new ArgumentException($"antialias goes with Bilinear and Bicubic, not with {mode}.", nameof(antialias));
                }
            }
        }
    }
}
