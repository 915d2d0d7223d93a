namespace BrewClip.Tests.Support;

/// <summary>
/// Where tests find files: goldens beside the test assembly, the working tree, and the optional folder of large data beside it.
/// </summary>
internal static class TestFiles
{
    private static readonly Lazy<string> _repository = new(FindRepository);

    public static string Repository => _repository.Value;

    /// <summary>The optional folder of large data; a test that needs it is marked <see cref="SharedFactAttribute"/>.</summary>
    public static string Shared => Path.GetFullPath(Path.Combine(Repository, "..", "shared"));

    public static string Golden(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Goldens", .. parts]);

    public static string InShared(params string[] parts) => Path.Combine([Shared, .. parts]);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BrewClip.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
