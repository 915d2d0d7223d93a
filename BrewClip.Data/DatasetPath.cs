namespace BrewClip.Data;

/// <summary>Paths that tables name relative to a folder.</summary>
internal static class DatasetPath
{
    /// <summary>The absolute path, with '/' between parts on every operating system.</summary>
    /// <exception cref="FormatException">The path is empty, absolute, or leaves the folder.</exception>
    public static string Inside(string folder, string relative)
    {
        string[] parts = relative.Split('/', '\\');
        if (relative.Contains('\0') || relative.Contains(':') || parts.Any(part => part is "" or "." or ".."))
        {
            throw new FormatException($"'{relative}' is no path within the data set.");
        }

        return Path.Combine([folder, .. parts]);
    }

    /// <summary>The first of the folders that exists, or the first of all.</summary>
    public static string FirstFolder(string root, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(root, name);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return Path.Combine(root, names[0]);
    }

    /// <summary>The first of the files that exists, or null.</summary>
    public static string? FirstFile(string root, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(root, name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static string RequireFolder(string root, string dataset)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return Directory.Exists(root)
            ? Path.GetFullPath(root)
            : throw new DirectoryNotFoundException($"There is no folder '{root}' to read {dataset} from.");
    }
}
