using System.Text.Json;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Checkpoints;

namespace BrewClip.Cli.Models;

/// <summary>
/// A model that is on this machine: the folder, and what its config says it is (<c>brewclip</c>, <c>clip</c>, <c>whisper</c>).
/// </summary>
internal sealed record ModelFolder(string Name, string Path, string Type)
{
    /// <summary>Finds a folder, or fetches a model by its hub name.</summary>
    public static async Task<ModelFolder> FindAsync(string nameOrFolder, CancellationToken cancellation)
    {
        var options = HubOptions.FromEnvironment() with { RequireWeights = false };
        string folder = await new HuggingFaceHub().ResolveAsync(nameOrFolder, options, new DownloadProgress(), cancellation)
            .ConfigureAwait(false);
        string name = Directory.Exists(nameOrFolder) ? folder : nameOrFolder;
        return new ModelFolder(name, folder, ReadType(folder));
    }

    private static string ReadType(string folder)
    {
        string path = System.IO.Path.Combine(folder, "config.json");
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{folder}' holds no config.json: it is no model.", path);
        }

        try
        {
            using var config = JsonDocument.Parse(File.ReadAllBytes(path));
            return config.RootElement.GetProperty("model_type").GetString() ?? "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"'{path}' does not say what model it describes (model_type): {error.Message}", error);
        }
    }
}
