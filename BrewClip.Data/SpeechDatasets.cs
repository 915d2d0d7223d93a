using BrewClip.Data.Flickr8k;
using BrewClip.Data.LocalizedNarratives;
using BrewClip.Data.Manifests;
using BrewClip.Data.Ravdess;
using BrewClip.Data.SpokenCoco;

namespace BrewClip.Data;

/// <summary>The data sets by name, with their default options.</summary>
public static class SpeechDatasets
{
    private static readonly SortedDictionary<string, Func<string, ISpeechDataset<Utterance>>> _byName = new(StringComparer.Ordinal)
    {
        ["flickr8k"] = root => new Flickr8kDataset(root),
        ["littleworld"] = root => new Flickr8kDataset(root),
        ["ln-coco"] = root => new LocalizedNarrativesDataset(root),
        ["manifest"] = path => new ManifestDataset(path),
        ["ravdess"] = root => new RavdessDataset(root),
        ["spokencoco"] = root => new SpokenCocoDataset(root),
    };

    /// <summary>The names that <see cref="Open"/> knows. Little World has Flickr8k's layout, and is read as such.</summary>
    public static IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Opens a data set's folder, or a manifest's file.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <param name="root">The folder, or the manifest.</param>
    /// <exception cref="ArgumentException">There is no data set of that name.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such manifest.</exception>
    public static ISpeechDataset<Utterance> Open(string name, string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _byName.TryGetValue(name.ToLowerInvariant(), out var open)
            ? open(root)
            : throw new ArgumentException($"'{name}' is no data set: there are {string.Join(", ", Names)}.", nameof(name));
    }
}
