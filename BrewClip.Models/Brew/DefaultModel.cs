namespace BrewClip.Models.Brew;

/// <summary>
/// Where the small model lies that the package BrewClip.Models.Nano brings: the folder <c>brewclip-models</c> beside the application.
/// </summary>
public static class DefaultModel
{
    /// <summary>The folder, within <c>brewclip-models</c>, of the model that <see cref="BrewClipModel.LoadDefault"/> loads.</summary>
    public const string Name = "brewclip-nano";

    private const string Container = "brewclip-models";

    /// <summary>The folder with this model and those that it stands on.</summary>
    /// <param name="applicationFolder">Where the application lies; null for the running one's.</param>
    /// <exception cref="DirectoryNotFoundException">
    /// The model is not there: the package is not referenced, or its files were not published.
    /// </exception>
    public static string FindFolder(string? applicationFolder = null)
    {
        string container = Path.Combine(applicationFolder ?? AppContext.BaseDirectory, Container);
        return File.Exists(Path.Combine(container, Name, "config.json"))
            ? container
            : throw new DirectoryNotFoundException(
                $"'{Path.Combine(container, Name)}' holds no model: reference the package BrewClip.Models.Nano, which copies it there, or "
                + "load a model by folder or hub name.");
    }
}
