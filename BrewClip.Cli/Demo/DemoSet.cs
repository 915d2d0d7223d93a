using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Data.Manifests;

namespace BrewClip.Cli.Demo;

/// <summary>Pictures to search among, and spoken queries with their answers.</summary>
/// <param name="Images">Paths of all pictures, by name.</param>
/// <param name="Pictures">The pictures themselves.</param>
/// <param name="Queries">Each asks for one of the pictures.</param>
internal sealed record DemoSet(IReadOnlyList<string> Images, IReadOnlyList<RgbImage> Pictures, IReadOnlyList<SpokenImageCaption> Queries)
{
    /// <summary>Reads the folder that <c>littleworld demo-set</c> wrote.</summary>
    /// <exception cref="FileNotFoundException">It is none.</exception>
    /// <exception cref="InvalidDataException">There is no picture to find, or nothing to ask.</exception>
    public static DemoSet Load(string folder)
    {
        string manifest = Path.Combine(folder, LittleWorldDemoSet.ManifestFile);
        if (!File.Exists(manifest))
        {
            throw new FileNotFoundException(
                $"There is no '{manifest}': give the demo's folder by --data, or write one with 'brewclip littleworld demo-set --out "
                + "demo'.", manifest);
        }

        string[] images = [.. Directory.GetFiles(Path.Combine(folder, LittleWorldDemoSet.ImagesFolder), "*.png")
            .Order(StringComparer.Ordinal).Select(Path.GetFullPath)];
        SpokenImageCaption[] queries = [.. new ManifestDataset(manifest).Read()];
        return images.Length > 0 && queries.Length > 0
            ? new DemoSet(images, [.. images.Select(path => RgbImage.Load(path))], queries)
            : throw new InvalidDataException(
                $"'{folder}' holds {images.Length} pictures and {queries.Length} queries: write the set anew with 'brewclip littleworld "
                + $"demo-set --out {folder}'.");
    }

    /// <summary>The position of the picture that differs from a query's own in mood alone; null where there is none.</summary>
    public int? TwinOf(SpokenImageCaption query) => query.Extra.TryGetValue(LittleWorldDemoSet.Twin, out string? twin)
        ? Images.Index().Where(item => Path.GetFileNameWithoutExtension(item.Item) == twin).Select(item => (int?)item.Index)
            .FirstOrDefault()
        : null;

    /// <summary>Pairs of queries that ask for twins, by their positions.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs() =>
    [
        .. from first in Queries.Index()
           from second in Queries.Index()
           where first.Index < second.Index && TwinOf(first.Item) is { } twin && twin == ImageOf(second.Item)
           select (first.Index, second.Index),
    ];

    /// <summary>The position of a query's picture.</summary>
    public int ImageOf(SpokenImageCaption query)
    {
        string path = Path.GetFullPath(query.ImagePath);
        int position = Images.Index().Where(item => item.Item == path).Select(item => item.Index).DefaultIfEmpty(-1).First();
        return position >= 0 ? position
            : throw new InvalidDataException($"'{query.ImagePath}', which '{query.Id}' asks for, is not among the demo's images.");
    }
}
