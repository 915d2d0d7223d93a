using System.Runtime.InteropServices;

namespace BrewClip.Tests.LibTorch.Native;

/// <summary>The entry points of libBrewClipGemm, the library that answers libtorch's matrix products in the System profile.</summary>
internal static unsafe class GemmLibrary
{
    private static readonly nint _library = NativeLibrary.TryLoad(Location, out nint handle) ? handle : 0;

    public static string Location => Path.Combine(
        AppContext.BaseDirectory, "runtimes", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
        "native", "libBrewClipGemm.so");

    public static long Calls => ((delegate* unmanaged<long>)Export("brewclip_gemm_calls"))();

    /// <summary>Column-major C[m, n] = alpha·op(A)·op(B) + beta·C, BLAS's own convention.</summary>
    public static void Multiply(
        char transA, char transB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb,
        float beta, Span<float> c, int ldc)
    {
        byte ta = (byte)transA, tb = (byte)transB;
        var sgemm =
            (delegate* unmanaged<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)Export(
                "sgemm_");
        fixed (float* pa = a, pb = b, pc = c)
        {
            sgemm(&ta, &tb, &m, &n, &k, &alpha, pa, &lda, pb, &ldb, &beta, pc, &ldc);
        }
    }

    /// <summary>Column-major y = alpha·op(A)·x + beta·y with A of [m, n].</summary>
    public static void MultiplyVector(
        char trans, int m, int n, float alpha, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> x, int incx, float beta, Span<float> y,
        int incy)
    {
        byte t = (byte)trans;
        var sgemv = (delegate* unmanaged<byte*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)Export(
            "sgemv_");
        fixed (float* pa = a, px = x, py = y)
        {
            sgemv(&t, &m, &n, &alpha, pa, &lda, px, &incx, &beta, py, &incy);
        }
    }

    private static nint Export(string name) => NativeLibrary.GetExport(_library, name);
}

/// <summary>A theory about libBrewClipGemm, which the profile that brings its own libtorch does not build.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GemmTheoryAttribute : TheoryAttribute
{
    public GemmTheoryAttribute() => Skip = File.Exists(GemmLibrary.Location) ? null : "libBrewClipGemm is not built in this profile.";
}

/// <summary>A fact about libBrewClipGemm.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GemmFactAttribute : FactAttribute
{
    public GemmFactAttribute() => Skip = File.Exists(GemmLibrary.Location) ? null : "libBrewClipGemm is not built in this profile.";
}
