namespace BrewClip.Tests.Training;

/// <summary>
/// Tests that need libtorch's random numbers, of which a process has one source, for themselves: nothing else runs beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RandomStateCollection
{
    public const string Name = "random state";
}
