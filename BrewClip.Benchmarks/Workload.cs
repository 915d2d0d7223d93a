namespace BrewClip.Benchmarks;

/// <summary>
/// One piece of work that is timed: by BenchmarkDotNet, beside a peer (<see cref="Comparison"/>), or for the quick table. It holds its
/// inputs and models ready, so that <see cref="Run"/> is the work alone.
/// </summary>
internal abstract class Workload : IDisposable
{
    /// <summary>
    /// Floating-point operations of one run, two for a multiplication with its addition; 0 where they are not what bounds it.
    /// </summary>
    public virtual double Operations => 0;

    /// <summary>Bytes that one run must read from memory at the least; 0 where they are not what bounds it.</summary>
    public virtual double Bytes => 0;

    /// <summary>Items of one run: utterances, images, tokens.</summary>
    public virtual int Items => 1;

    /// <summary>Does the work once.</summary>
    public abstract void Run();

    /// <summary>What the peer's script is started with; inputs that both read are written into the folder.</summary>
    public virtual IReadOnlyList<string> PeerArguments(string folder) => [];

    public virtual void Dispose()
    {
    }
}
