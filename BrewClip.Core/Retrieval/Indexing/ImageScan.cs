namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>The images under some files and folders.</summary>
internal sealed class ImageScan
{
    private static readonly string[] _extensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png"];

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<UnreadableImage> _unreadable = [];
    private readonly List<string> _roots = [];

    /// <summary>Full paths in ordinal order, each once.</summary>
    public IReadOnlyList<string> Paths { get; private set; } = [];

    /// <summary>Folders that could not be listed.</summary>
    public IReadOnlyList<UnreadableImage> Unreadable => _unreadable;

    /// <summary>
    /// Looks through files (of any name) and folders (for JPEG and PNG by their extensions, at every depth; links to folders are not
    /// followed).
    /// </summary>
    /// <exception cref="FileNotFoundException">One of the sources does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no image under any of them.</exception>
    public static ImageScan Run(IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
        {
            throw new ArgumentException("No image and no folder of images is given: name at least one.", nameof(sources));
        }

        var scan = new ImageScan();
        foreach (string source in sources)
        {
            scan.Add(source, cancellation);
        }

        if (scan._paths.Count == 0 && scan._unreadable.Count == 0)
        {
            string folders = string.Join(", ", sources.Select(source => $"'{source}'"));
            throw new InvalidDataException(
                $"There are no images in {folders}: files ending in {string.Join(", ", _extensions)} are looked for, at every depth.");
        }

        scan.Paths = [.. scan._paths.Order(StringComparer.Ordinal)];
        return scan;
    }

    /// <summary>Whether the scan has looked at the place where this path lies, so that its absence means that it is gone.</summary>
    public bool Covers(string path) => _roots.Any(root => Lies(path, root)) && !_unreadable.Any(folder => Lies(path, folder.Path));

    public bool Contains(string path) => _paths.Contains(path);

    private static bool Lies(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);

    private void Add(string source, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
        _roots.Add(full);
        if (File.Exists(full))
        {
            _paths.Add(full);
        }
        else if (Directory.Exists(full))
        {
            Walk(full, cancellation);
        }
        else
        {
            throw new FileNotFoundException($"There is no image and no folder '{source}'.", source);
        }
    }

    private void Walk(string root, CancellationToken cancellation)
    {
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out string? folder))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                {
                    if (entry is DirectoryInfo)
                    {
                        // A link to a folder may lead in circles.
                        if (entry.LinkTarget is null)
                        {
                            pending.Push(entry.FullName);
                        }
                    }
                    else if (_extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                    {
                        _paths.Add(entry.FullName);
                    }
                }
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                _unreadable.Add(new UnreadableImage(folder, error.Message));
            }
        }
    }
}
