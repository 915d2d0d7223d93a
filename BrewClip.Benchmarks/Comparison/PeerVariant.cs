using BrewClip.Benchmarks.Ground;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>How a peer's process is started.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Preload">A library that its process loads first; null for none.</param>
/// <param name="Missing">What is missing for this variant; null where nothing is.</param>
internal sealed record PeerVariant(string Name, string? Preload, string? Missing = null)
{
    private const string OpenBlas = "libopenblas.so.0", Blas = "libblas.so.3";

    private static readonly string[] _debianFolders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

    /// <summary>
    /// As it is installed. Debian's bare installation multiplies with the reference BLAS, which nobody who computes keeps: where OpenBLAS
    /// is there too, it is taken instead.
    /// </summary>
    public static PeerVariant AsInstalled { get; } = UsesReferenceBlas() && IsThere(OpenBlas)
        ? new("as installed, OpenBLAS", OpenBlas)
        : new("as installed", null);

    /// <summary>With the sgemm_ of BrewClip.LibTorch in the place of its BLAS's.</summary>
    public static PeerVariant WithOurProducts { get; } = File.Exists(BlasLibrary.BrewClipFile)
        ? new("with BrewClip's sgemm_", BlasLibrary.BrewClipFile)
        : new("with BrewClip's sgemm_", null, "libBrewClipGemm.so: it belongs to the System profile");

    /// <summary>How the peer of a contest is run: once where it multiplies no matrices.</summary>
    public static IReadOnlyList<PeerVariant> Of(Contest contest) =>
        contest.UsesProducts ? [AsInstalled, WithOurProducts] : [new("as installed", null)];

    // Debian's alternative leads to .../blas/libblas.so.3.
    private static bool UsesReferenceBlas() =>
        _debianFolders.Select(folder => Path.Combine(folder, Blas)).Where(File.Exists)
            .Select(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path)
            .Any(target => target.Contains("/blas/", StringComparison.Ordinal));

    // Looked for, not loaded: a second BLAS has no place in our own process.
    private static bool IsThere(string library) => _debianFolders.Any(folder => File.Exists(Path.Combine(folder, library)));
}
