namespace BrewClip.Benchmarks.Gpu;

/// <summary>How large a kernel's work is.</summary>
internal enum KernelScale
{
    /// <summary>Fills a GPU of some hundred multiprocessors.</summary>
    Full,

    /// <summary>As small as the shapes allow: the same code, for a test on the CPU.</summary>
    Toy,
}
