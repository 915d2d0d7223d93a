namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// A folder that an <see cref="ImageIndexer"/> writes: the index, whose items are full paths of images, and beside it a run's journal while
/// images are being encoded.
/// </summary>
public static class ImageIndexFolder
{
    /// <summary>The index, a file that <see cref="EmbeddingIndex.Open"/> reads.</summary>
    public const string IndexName = "images.brewindex";

    /// <summary>What an unfinished run has encoded.</summary>
    public const string JournalName = "images.journal";

    /// <summary>Held by the run that writes; empty, and left where it is.</summary>
    public const string LockName = "images.lock";

    /// <summary>Opens the index of a folder for searching. Dispose the result.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">The model that encodes the queries; null to take any.</param>
    /// <exception cref="FileNotFoundException">There is no index in the folder, or none that is finished.</exception>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    /// <exception cref="InvalidOperationException">The index was made by another model; both are named.</exception>
    public static EmbeddingIndex Open(string folder, ModelIdentity? model = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, IndexName);
        if (!File.Exists(path))
        {
            bool isBegun = File.Exists(Path.Combine(folder, JournalName));
            string reason = isBegun ? "indexing was not finished: run it again, it goes on" : "make one first";
            throw new FileNotFoundException($"There is no index in '{folder}': {reason}.", path);
        }

        var index = EmbeddingIndex.Open(path);
        try
        {
            if (model is not null)
            {
                RequireSameModel(folder, index.Model, model);
            }

            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Opens the index for writing, in memory and checked whole; a new one where there is none.</summary>
    internal static EmbeddingIndex OpenOrCreate(string folder, ImageEncoder encoder, EmbeddingStorage storage)
    {
        string path = Path.Combine(folder, IndexName);
        if (!File.Exists(path))
        {
            return new EmbeddingIndex(encoder.Dimensions, storage) { Model = encoder.Model.ToString() };
        }

        var index = Sound(folder, () => EmbeddingIndex.Open(path, memoryMapped: false, verify: true));
        RequireSameModel(folder, index.Model, encoder.Model);
        return index.Dimensions == encoder.Dimensions
            ? index
            : throw new InvalidOperationException(
                $"The index in '{folder}' has {index.Dimensions} dimensions where '{encoder.Model.Name}' has {encoder.Dimensions}.");
    }

    internal static IndexJournal OpenJournal(string folder, ImageEncoder encoder)
    {
        var journal = Sound(
            folder, () => IndexJournal.Open(Path.Combine(folder, JournalName), encoder.Dimensions, encoder.Model.ToString()));
        try
        {
            RequireSameModel(folder, journal.Model, encoder.Model);
            return journal.Dimensions == encoder.Dimensions
                ? journal
                : throw new InvalidDataException(
                    $"'{Path.Combine(folder, JournalName)}' holds vectors of {journal.Dimensions} dimensions where '{encoder.Model.Name}' "
                    + "makes "
                    + $"{encoder.Dimensions}. Nothing in '{folder}' was changed: ask for the index to be rebuilt, or restore the file.");
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    internal static void Clear(string folder)
    {
        File.Delete(Path.Combine(folder, IndexName));
        File.Delete(Path.Combine(folder, JournalName));
    }

    private static void RequireSameModel(string folder, string? stored, ModelIdentity model)
    {
        var maker = ModelIdentity.Parse(stored ?? "");
        if (!maker.Matches(model))
        {
            throw new InvalidOperationException(
                $"The index in '{folder}' was made by '{maker}' and the model here is '{model}': their vectors cannot be compared. "
                + "Take that model, choose another folder, or ask for the index to be rebuilt.");
        }
    }

    private static T Sound<T>(string folder, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"{error.Message} Nothing in '{folder}' was changed: ask for the index to be rebuilt, or restore the file.", error);
        }
    }
}
