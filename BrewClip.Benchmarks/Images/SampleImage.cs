namespace BrewClip.Benchmarks.Images;

/// <summary>The JPEG that image preprocessing is measured on.</summary>
internal static class SampleImage
{
    private const string Golden = "BrewClip.Tests/Goldens/clip/preprocess/landscape_420.jpg";

    /// <summary>Copies it to where a peer reads it.</summary>
    /// <returns>The copy's path.</returns>
    public static string CopyInto(string folder)
    {
        string copy = Path.Combine(folder, "image.jpg");
        File.Copy(Find(), copy, overwrite: true);
        return copy;
    }

    /// <summary>BREWCLIP_IMAGE where it is set, or the 641×427 golden of the tests.</summary>
    /// <exception cref="FileNotFoundException">Neither is there.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("BREWCLIP_IMAGE") is { Length: > 0 } chosen)
        {
            return Path.GetFullPath(chosen);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, Golden);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"'{Golden}' was not found above {AppContext.BaseDirectory}: set BREWCLIP_IMAGE to a JPEG.");
    }
}
