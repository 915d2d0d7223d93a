namespace BrewClip.Training.Recipes;

/// <summary>The recipes that come with this library, the files of the folder <c>recipes</c>, by name.</summary>
public static class RecipeLibrary
{
    private const string Folder = "recipes/", Ending = ".json";

    /// <summary>Their names, ordered.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RecipeLibrary).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a recipe from a file, or one of <see cref="Names"/>.</summary>
    /// <param name="nameOrPath">The file; where there is none, the name with or without a folder and <c>.json</c>.</param>
    /// <param name="settings">Values to set, as in <see cref="RecipeFile.Load(string, IReadOnlyList{string}?)"/>.</param>
    /// <exception cref="FileNotFoundException">There is neither such a file nor such a name.</exception>
    /// <exception cref="InvalidDataException">The file or a setting is wrong; the message names the place.</exception>
    public static Recipe Load(string nameOrPath, IReadOnlyList<string>? settings = null)
    {
        if (File.Exists(nameOrPath))
        {
            return RecipeFile.Load(nameOrPath, settings);
        }

        string name = Path.GetFileName(nameOrPath);
        name = name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name;
        return Names.Contains(name)
            ? RecipeFile.Parse(Text(name), name, settings)
            : throw new FileNotFoundException(
                $"There is no recipe '{nameOrPath}': give a file, or one of the names {string.Join(", ", Names)}.", nameOrPath);
    }

    /// <summary>The text of one of <see cref="Names"/>, comments included.</summary>
    internal static string Text(string name)
    {
        using var stream = typeof(RecipeLibrary).Assembly.GetManifestResourceStream(Folder + name + Ending)
            ?? throw new ArgumentException($"There is no recipe '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
