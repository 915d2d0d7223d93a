using BrewClip.Cli.Terminal;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Search;

namespace BrewClip.Cli.Models;

/// <summary>A BrewCLIP model, a zero-shot pipeline of a Whisper and a CLIP, or CLIP alone, whichever was named.</summary>
internal sealed class LoadedModel : IDisposable
{
    public const string Description = "A BrewCLIP checkpoint, a CLIP, or 'WHISPER + CLIP': folders or hub names.";
    private const string Plus = " + ";
    private readonly string _name;
    private readonly BrewClipModel? _brew;
    private readonly ClipEmbedder? _clip;

    private LoadedModel(string name, BrewClipModel? brew, ClipEmbedder? clip)
    {
        (_name, _brew, _clip) = (name, brew, clip);
    }

    public int Dimensions => _brew?.Dimensions ?? _clip!.Dimensions;

    /// <summary>What an indexer needs of it; the name is one that <see cref="LoadAsync"/> takes from any working directory.</summary>
    public ImageEncoder ImageEncoder => _brew is null ? ModelImageEncoder.Create(_clip!, _name) : ModelImageEncoder.Create(_brew, _name);

    /// <param name="name">As <see cref="Description"/> says.</param>
    /// <param name="networks">Element type and device.</param>
    /// <param name="options">How to encode.</param>
    /// <param name="cancellation">Stops downloads and loading.</param>
    public static async Task<LoadedModel> LoadAsync(
        string name, ModelLoadingOptions networks, BrewClipLoadOptions options, CancellationToken cancellation)
    {
        options = options with { Networks = networks, DownloadProgress = new DownloadProgress() };
        if (!Directory.Exists(name) && name.Split(Plus) is [var whisper, var clip])
        {
            var whisperFolder = await RequireAsync(whisper, "whisper", cancellation).ConfigureAwait(false);
            var clipFolder = await RequireAsync(clip, "clip", cancellation).ConfigureAwait(false);
            var composed = await BrewClipModel.ComposeAsync(whisperFolder.Path, clipFolder.Path, options, cancellation)
                .ConfigureAwait(false);
            return new LoadedModel(whisperFolder.Name + Plus + clipFolder.Name, composed, null);
        }

        var folder = await ModelFolder.FindAsync(name, cancellation).ConfigureAwait(false);
        return folder.Type switch
        {
            BrewClipConfig.ModelTypeName =>
                new LoadedModel(folder.Name, await BrewClipModel.LoadAsync(folder.Path, options, cancellation).ConfigureAwait(false), null),
            "clip" => new LoadedModel(
                folder.Name,
                null,
                await Task.Run(() => ClipEmbedder.Load(folder.Path, networks, options.ImageBatchSize, cancellation), cancellation)
                    .ConfigureAwait(false)),
            _ => throw new InvalidDataException(
                $"'{name}' is a model of the type '{folder.Type}': a BrewCLIP checkpoint or a CLIP is needed."),
        };
    }

    public IReadOnlyList<float[]> EncodeImages(IReadOnlyList<RgbImage> images, CancellationToken cancellation) =>
        _brew?.EncodeImages(images, null, cancellation) ?? _clip!.EmbedImages(images, cancellation);

    public IReadOnlyList<float[]> EncodeTexts(IReadOnlyList<string> texts, CancellationToken cancellation) =>
        _brew?.EncodeTexts(texts, null, cancellation) ?? _clip!.EmbedTexts(texts, cancellation);

    public IReadOnlyList<SpeechEmbedding> EncodeSpeech(IReadOnlyList<AudioClip> clips, CancellationToken cancellation) => _brew is null
        ? throw new UsageException($"'{_name}' is a CLIP alone, which does not hear: name a BrewCLIP checkpoint, or 'WHISPER + {_name}'.")
        : _brew.EncodeSpeech(clips, null, null, cancellation);

    public void Dispose()
    {
        _brew?.Dispose();
        _clip?.Dispose();
    }

    private static async Task<ModelFolder> RequireAsync(string name, string type, CancellationToken cancellation)
    {
        var folder = await ModelFolder.FindAsync(name.Trim(), cancellation).ConfigureAwait(false);
        return folder.Type == type ? folder : throw new InvalidDataException(
            $"'{name}' is a model of the type '{folder.Type}' where a {type} is needed.");
    }
}
