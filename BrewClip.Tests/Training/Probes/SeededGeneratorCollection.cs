namespace BrewClip.Tests.Training.Probes;

/// <summary>Tests of what follows from a seed run alone: libtorch's generator belongs to the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeededGeneratorCollection
{
    public const string Name = "libtorch's generator";
}
