namespace BrewClip.Data.Loading;

/// <summary>Numbered training examples, each loaded when its turn comes.</summary>
/// <typeparam name="TExample">What one example is once loaded.</typeparam>
/// <remarks><see cref="Load"/> is called from several threads at once.</remarks>
public interface IExampleSource<TExample>
{
    /// <summary>How many examples there are.</summary>
    int Count { get; }

    /// <summary>What messages call an example.</summary>
    string NameOf(int index);

    /// <summary>Examples of equal groups can be kept out of each other's batches: for retrieval, the image.</summary>
    string GroupOf(int index);

    /// <summary>What batches of like lengths are made by, in any unit; 0 where length does not matter.</summary>
    long LengthOf(int index);

    /// <summary>Loads an example.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="random">Numbers that depend on seed, epoch and index alone, for augmentation.</param>
    /// <exception cref="InvalidDataException">Its files are damaged: the loader leaves it out, counts and names it.</exception>
    /// <exception cref="IOException">Its files cannot be read: likewise.</exception>
    TExample Load(int index, DeterministicRandom random);
}
