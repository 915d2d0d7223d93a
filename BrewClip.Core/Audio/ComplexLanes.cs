using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BrewClip.Core.Audio;

/// <summary>One complex number of each of eight frames, which are transformed side by side.</summary>
internal readonly struct ComplexLanes(Vector256<float> real, Vector256<float> imaginary)
{
    public readonly Vector256<float> Real = real;
    public readonly Vector256<float> Imaginary = imaginary;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator +(ComplexLanes a, ComplexLanes b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator -(ComplexLanes a, ComplexLanes b) => new(a.Real - b.Real, a.Imaginary - b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(ComplexLanes a, float factor) => new(a.Real * factor, a.Imaginary * factor);

    /// <summary>This · factor + added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes MultiplyAdd(float factor, ComplexLanes added)
    {
        Vector256<float> factors = Vector256.Create(factor);
        return new(
            Vector256.MultiplyAddEstimate(Real, factors, added.Real), Vector256.MultiplyAddEstimate(Imaginary, factors, added.Imaginary));
    }

    /// <summary>This · (cosine - i sine).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes Rotate(float cosine, float sine)
    {
        Vector256<float> c = Vector256.Create(cosine);
        Vector256<float> s = Vector256.Create(sine);
        return new(
            Vector256.MultiplyAddEstimate(Imaginary, s, Real * c), Vector256.MultiplyAddEstimate(Imaginary, c, -(Real * s)));
    }

    /// <summary>This · -i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes TimesMinusI() => new(Imaginary, -Real);

    /// <summary>The square of the magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Power() => Vector256.MultiplyAddEstimate(Real, Real, Imaginary * Imaginary);
}
