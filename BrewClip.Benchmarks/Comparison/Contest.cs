namespace BrewClip.Benchmarks.Comparison;

/// <summary>A piece of work that is done by BrewClip and by a peer.</summary>
/// <param name="Name">What it is asked for by, such as <c>clip-image/b32/1</c>.</param>
/// <param name="Work">What is done, in words.</param>
/// <param name="Script">The peer's file in <c>Peers/</c>.</param>
/// <param name="UsesProducts">Whether the peer multiplies matrices through a BLAS, so that it is also run with BrewClip's.</param>
/// <param name="Create">Makes BrewClip's side, with its inputs.</param>
internal sealed record Contest(string Name, string Work, string Script, bool UsesProducts, Func<Workload> Create);
