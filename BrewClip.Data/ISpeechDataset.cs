namespace BrewClip.Data;

/// <summary>
/// A data set in the layout in which people download it. Reading is lazy and opens the tables alone, never a recording or a picture;
/// <see cref="DatasetChecks.Check"/> finds what is missing, <see cref="DatasetStatistics.Compute"/> counts.
/// </summary>
/// <typeparam name="TUtterance">What one record is: <see cref="SpokenImageCaption"/> for retrieval.</typeparam>
/// <remarks>Implementations hold no state beyond their options: any number of threads may read at once.</remarks>
public interface ISpeechDataset<out TUtterance>
    where TUtterance : Utterance
{
    /// <summary>A short name such as <c>flickr8k</c>.</summary>
    string Name { get; }

    /// <summary>The absolute path of the folder (or manifest) that was opened.</summary>
    string Root { get; }

    /// <summary>The splits that the data set defines.</summary>
    IReadOnlyList<DatasetSplit> Splits { get; }

    /// <summary>The records of a split, or of the whole data set with those in no split, in the order of the data set's own
    /// files.</summary>
    /// <param name="split">One of <see cref="Splits"/>; null for everything.</param>
    /// <param name="report">
    /// Told of every fault in the tables, after which reading goes on without the faulty row. Without it the first fault throws.
    /// </param>
    /// <exception cref="FileNotFoundException">A table that the split needs is missing (while enumerating).</exception>
    /// <exception cref="InvalidDataException">A table has a fault and nobody wants to be told (while enumerating); file and line are in the
    /// message.</exception>
    /// <exception cref="ArgumentException">The data set does not define the split.</exception>
    IEnumerable<TUtterance> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null);
}
