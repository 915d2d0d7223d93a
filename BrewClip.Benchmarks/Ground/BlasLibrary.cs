using System.Runtime.InteropServices;

namespace BrewClip.Benchmarks.Ground;

/// <summary>A library with a BLAS sgemm_ or oneDNN's dnnl_sgemm, called beside libtorch. Absent ones are said to be missing.</summary>
internal sealed unsafe class BlasLibrary
{
    private const string Blas = "sgemm_", OneDnnOwn = "dnnl_sgemm";

    private readonly nint _entry;
    private readonly bool _isBlas;

    private BlasLibrary(nint entry, bool isBlas) => (_entry, _isBlas) = (entry, isBlas);

    public static string BrewClipFile => Path.Combine(
        AppContext.BaseDirectory, "runtimes", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native", "libBrewClipGemm.so");

    public static BlasLibrary? BrewClip => Open(Blas, BrewClipFile);

    public static BlasLibrary? OneDnn => Open(OneDnnOwn, "libdnnl.so.2");

    public static BlasLibrary? OpenBlas => Open(Blas, "libopenblas.so.0");

    // By name of the entry point: a library's handle also finds what the libraries under it export.
    private static BlasLibrary? Open(string entry, string file) =>
        NativeLibrary.TryLoad(file, out nint library) && NativeLibrary.TryGetExport(library, entry, out nint address) ? new(address, entry == Blas) : null;

    /// <summary>Row-major C[m, n] = op(A)·op(B), all contiguous.</summary>
    public void Multiply(char transA, char transB, int m, int n, int k, float[] a, float[] b, float[] c)
    {
        int lda = transA == 'T' ? m : k, ldb = transB == 'T' ? k : n;
        fixed (float* pa = a, pb = b, pc = c)
        {
            if (!_isBlas)
            {
                var dnnl = (delegate* unmanaged<byte, byte, long, long, long, float, float*, long, float*, long, float, float*, long, int>)_entry;
                _ = dnnl((byte)transA, (byte)transB, m, n, k, 1, pa, lda, pb, ldb, 0, pc, n);
                return;
            }

            // BLAS is column-major: the same memory is the transposed product of the sides exchanged.
            byte ta = (byte)transA, tb = (byte)transB;
            float one = 1, zero = 0;
            var sgemm = (delegate* unmanaged<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)_entry;
            sgemm(&tb, &ta, &n, &m, &k, &one, pb, &ldb, pa, &lda, &zero, pc, &n);
        }
    }
}
