using BrewClip.Core.Checkpoints;

namespace BrewClip.Models.Brew;

/// <summary>From a name or a folder to a model: finds the checkpoint and what it stands on, then loads.</summary>
internal sealed class BrewClipLoader(BrewClipLoadOptions options, CancellationToken cancellation)
{
    private readonly HuggingFaceHub _hub = new();

    public async Task<BrewClipModel> LoadAsync(string nameOrFolder)
    {
        options.Validate();
        var hub = options.Hub ?? HubOptions.FromEnvironment();
        string folder = await _hub.ResolveAsync(nameOrFolder, hub with { RequireWeights = false }, options.DownloadProgress, cancellation)
            .ConfigureAwait(false);
        var config = BrewClipConfig.Load(folder);
        var (whisper, whisperSource) = await FindAsync(folder, "whisper", config.Whisper).ConfigureAwait(false);
        var (clip, clipSource) = await FindAsync(folder, "clip", config.Clip).ConfigureAwait(false);
        return await Task.Run(() => Build(config, folder, whisper, clip, whisperSource, clipSource), cancellation).ConfigureAwait(false);
    }

    public async Task<BrewClipModel> ComposeAsync(string whisper, string clip)
    {
        options.Validate();
        var config = new BrewClipConfig
        {
            ModelType = BrewClipConfig.ModelTypeName,
            Whisper = whisper,
            Clip = clip,
            Variant = BrewClipVariant.PipelineZeroShot,
        };
        config.Validate();
        string whisperFolder = await ResolveAsync(whisper).ConfigureAwait(false);
        string clipFolder = await ResolveAsync(clip).ConfigureAwait(false);
        return await Task.Run(() => Build(config, null, whisperFolder, clipFolder, Source(whisper), Source(clip)), cancellation)
            .ConfigureAwait(false);
    }

    private static string Source(string nameOrFolder) => Directory.Exists(nameOrFolder) ? Path.GetFullPath(nameOrFolder) : nameOrFolder;

    private BrewClipModel Build(BrewClipConfig config, string? folder, string whisper, string clip, string whisperSource, string clipSource)
    {
        // A missing or foreign weight file is cheap to notice; the frozen models are not cheap to load.
        var backbone = BrewClipBackbone.Load(whisper, clip, whisperSource, clipSource, options.Networks, cancellation);
        BrewClipNetwork? network = null;
        try
        {
            if (folder is not null)
            {
                BrewClipCheckpoint.RequireRoom(config, backbone, folder);
            }

            network = new BrewClipNetwork(config, backbone.Clip, backbone.Whisper.Config);
            if (folder is not null)
            {
                BrewClipCheckpoint.Fill(network, folder, options.Networks, cancellation);
            }

            return new BrewClipModel(backbone, network, options);
        }
        catch
        {
            network?.Dispose();
            backbone.Dispose();
            throw;
        }
    }

    // Beside the checkpoint, or on the hub.
    private async Task<(string Folder, string Source)> FindAsync(string folder, string key, string reference)
    {
        string beside = Path.GetFullPath(Path.Combine(folder, reference));
        if (Directory.Exists(beside))
        {
            return (beside, beside);
        }

        bool isName = reference.Split('/') is [{ Length: > 0 } owner, { Length: > 0 }]
            && owner is not ("." or "..") && !reference.Contains('\\');
        if (!isName)
        {
            throw new DirectoryNotFoundException(
                $"'{Path.Combine(folder, "config.json")}' says {key} = '{reference}': there is no such folder beside it, and a model on "
                + "the hub is named 'owner/name'.");
        }

        return (await ResolveAsync(reference).ConfigureAwait(false), reference);
    }

    private Task<string> ResolveAsync(string nameOrFolder) =>
        _hub.ResolveAsync(nameOrFolder, options.Hub, options.DownloadProgress, cancellation);
}
