using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using TorchSharp;

namespace BrewClip.Models.Brew;

/// <summary>
/// BrewCLIP: speech, images and texts as vectors of one space, in which what belongs together lies close. A frozen Whisper and a frozen
/// CLIP with the trained part between them.
/// </summary>
/// <remarks>
/// Safe for concurrent use: libtorch shares its threads among callers, so that one call with many items is faster than as many calls side
/// by side. The same input gives the same vector; in another batch, to rounding. The synchronous methods compute on the calling thread, the
/// asynchronous ones on the thread pool. Whoever makes it disposes it, and with it everything that was loaded or handed over; not while a
/// call is under way.
/// </remarks>
public sealed class BrewClipModel : IDisposable
{
    private readonly SpeechEncoder _speech;
    private readonly ImageEmbedder _images;
    private readonly TextEmbedder _texts;
    private readonly AttentionMapper _attention;
    private bool _disposed;

    /// <summary>Makes a model from parts that are loaded already, and takes ownership of them.</summary>
    /// <param name="backbone">The frozen models.</param>
    /// <param name="network">The trained part; set to evaluation here, and moved to where CLIP is.</param>
    /// <param name="options">How to encode; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option is out of range or contradicts the model.</exception>
    public BrewClipModel(BrewClipBackbone backbone, BrewClipNetwork network, BrewClipOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(network);
        (Backbone, Network, Options) = (backbone, network, options ?? new BrewClipOptions());
        Options.Validate();
        network.to(backbone.Whisper.Encoder.Device);
        network.eval();
        _texts = new TextEmbedder(network, backbone, Options);
        _images = new ImageEmbedder(network, backbone, Options);
        _speech = new SpeechEncoder(network, backbone, Options, _texts);
        _attention = new AttentionMapper(network, backbone, _speech, _images);
    }

    /// <summary>What defines the model apart from its weights.</summary>
    public BrewClipConfig Config => Network.Config;

    /// <summary>The frozen models beneath; disposed with this model.</summary>
    public BrewClipBackbone Backbone { get; }

    /// <summary>The trained part; disposed with this model.</summary>
    public BrewClipNetwork Network { get; }

    /// <summary>How this model encodes.</summary>
    public BrewClipOptions Options { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions => Backbone.Clip.Config.EmbeddingSize;

    /// <summary>Loads a BrewCLIP checkpoint, and the Whisper and CLIP that it names.</summary>
    /// <param name="nameOrFolder">
    /// A folder with <c>config.json</c> and, unless it is a zero-shot pipeline, <c>model.safetensors</c>; or a name on the hub.
    /// </param>
    /// <param name="options">Element type, device, where models come from, how to encode; the defaults when null.</param>
    /// <param name="cancellation">Checked while files arrive and weights are copied.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="DirectoryNotFoundException">The config names a folder that is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or parts do not belong together.</exception>
    /// <exception cref="Loading.CheckpointMismatchException">Names or shapes of weights are not those of the config.</exception>
    /// <exception cref="Core.Checkpoints.HubException">A model cannot be had from the hub; the message says why and what helps.</exception>
    public static Task<BrewClipModel> LoadAsync(
        string nameOrFolder, BrewClipLoadOptions? options = null, CancellationToken cancellation = default) =>
        new BrewClipLoader(options ?? new(), cancellation).LoadAsync(nameOrFolder);

    /// <summary>As <see cref="LoadAsync"/>, waiting for it.</summary>
    /// <inheritdoc cref="LoadAsync" path="/param|/exception"/>
    public static BrewClipModel Load(string nameOrFolder, BrewClipLoadOptions? options = null, CancellationToken cancellation = default) =>
        Task.Run(() => LoadAsync(nameOrFolder, options, cancellation), cancellation).GetAwaiter().GetResult();

    /// <summary>Loads the small model that the package BrewClip.Models.Nano puts beside the application; nothing is fetched.</summary>
    /// <param name="options">As in <see cref="LoadAsync"/>.</param>
    /// <exception cref="DirectoryNotFoundException">The model is not there; the message says what to reference.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    public static BrewClipModel LoadDefault(BrewClipLoadOptions? options = null) =>
        Load(Path.Combine(DefaultModel.FindFolder(), DefaultModel.Name), options);

    /// <summary>Composes a zero-shot pipeline of a Whisper and a CLIP: nothing trained, no checkpoint of its own.</summary>
    /// <param name="whisper">A folder, or a name on the hub such as <c>openai/whisper-base.en</c>.</param>
    /// <param name="clip">A folder, or a name on the hub such as <c>openai/clip-vit-large-patch14</c>.</param>
    /// <param name="options">As in <see cref="LoadAsync"/>.</param>
    /// <param name="cancellation">Checked while files arrive and weights are copied.</param>
    /// <inheritdoc cref="LoadAsync" path="/exception"/>
    public static Task<BrewClipModel> ComposeAsync(
        string whisper, string clip, BrewClipLoadOptions? options = null, CancellationToken cancellation = default) =>
        new BrewClipLoader(options ?? new(), cancellation).ComposeAsync(whisper, clip);

    /// <summary>Saves the trained part and the config; Whisper and CLIP are named there, not copied.</summary>
    /// <param name="folder">Made where it is missing; each file is written beside its place and renamed.</param>
    /// <exception cref="InvalidOperationException">
    /// Whisper or CLIP was handed over as an object of unknown origin, which a config cannot name.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var config = Config with { Whisper = Reference(Backbone.WhisperSource, folder), Clip = Reference(Backbone.ClipSource, folder) };
        BrewClipCheckpoint.Save(Network, config, folder);
    }

    /// <summary>An utterance as a vector, with its transcript.</summary>
    /// <param name="clip">
    /// Sound of any rate and length; past Whisper's window (30 s) it is cut at quiet moments, and the windows' vectors are averaged.
    /// </param>
    /// <param name="transcript">What is said, where it is known: Whisper is then not asked. Null otherwise.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <exception cref="ArgumentException">The clip is null, holds no samples, or samples too large to compute with.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The vector is not made of finite numbers: weights or element type do not fit.</exception>
    public SpeechEmbedding EncodeSpeech(AudioClip clip, string? transcript = null, CancellationToken cancellation = default) =>
        EncodeSpeech([clip], [transcript], null, cancellation)[0];

    /// <summary>Many utterances as vectors, in their order, computed in batches.</summary>
    /// <param name="clips">Sounds of any rate and length.</param>
    /// <param name="transcripts">What is said in each, null where Whisper is to find out; null for all.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <exception cref="ArgumentException">
    /// A clip is null, holds no samples, or samples too large to compute with, and the message says which; or the transcripts are of
    /// another number.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A vector is not made of finite numbers: weights or element type do not fit.</exception>
    public IReadOnlyList<SpeechEmbedding> EncodeSpeech(
        IReadOnlyList<AudioClip> clips,
        IReadOnlyList<string?>? transcripts = null,
        IProgress<BrewClipProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _speech.Encode(clips, transcripts, Reporter(progress, clips.Count), cancellation);
    }

    /// <summary>As <see cref="EncodeSpeech(AudioClip, string?, CancellationToken)"/>, on the thread pool.</summary>
    /// <inheritdoc cref="EncodeSpeech(AudioClip, string?, CancellationToken)" path="/param|/exception"/>
    public Task<SpeechEmbedding> EncodeSpeechAsync(AudioClip clip, string? transcript = null, CancellationToken cancellation = default) =>
        Task.Run(() => EncodeSpeech(clip, transcript, cancellation), cancellation);

    /// <summary>
    /// As <see cref="EncodeSpeech(IReadOnlyList{AudioClip}, IReadOnlyList{string}?, IProgress{BrewClipProgress}?, CancellationToken)"/>, on
    /// the thread pool.
    /// </summary>
    /// <inheritdoc
    /// cref="EncodeSpeech(IReadOnlyList{AudioClip}, IReadOnlyList{string}?, IProgress{BrewClipProgress}?, CancellationToken)"
    /// path="/param|/exception"/>
    public Task<IReadOnlyList<SpeechEmbedding>> EncodeSpeechAsync(
        IReadOnlyList<AudioClip> clips,
        IReadOnlyList<string?>? transcripts = null,
        IProgress<BrewClipProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Task.Run(() => EncodeSpeech(clips, transcripts, progress, cancellation), cancellation);

    /// <summary>An image as a vector of length 1 (see <see cref="BrewClipOptions.Normalize"/>).</summary>
    /// <param name="image">An image of any size.</param>
    /// <param name="cancellation">Looked at once, at the start.</param>
    /// <returns><see cref="Dimensions"/> numbers.</returns>
    /// <exception cref="ArgumentException">The image is null.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="NotFiniteNumberException">The vector is not made of finite numbers: weights or element type do not fit.</exception>
    public float[] EncodeImage(RgbImage image, CancellationToken cancellation = default) => EncodeImages([image], null, cancellation)[0];

    /// <summary>An image file as a vector.</summary>
    /// <param name="path">A JPEG or PNG; its orientation tag is not applied, as in the reference.</param>
    /// <param name="cancellation">Looked at once, before the image is encoded.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no image, or a damaged one.</exception>
    public float[] EncodeImage(string path, CancellationToken cancellation = default) => EncodeImage(RgbImage.Load(path), cancellation);

    /// <summary>Many images as vectors, in their order, computed in batches.</summary>
    /// <param name="images">Images of any size.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <returns>Vectors of <see cref="Dimensions"/> numbers.</returns>
    /// <exception cref="ArgumentException">An image is null; the message says which.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A vector is not made of finite numbers: weights or element type do not fit.</exception>
    public IReadOnlyList<float[]> EncodeImages(
        IReadOnlyList<RgbImage> images, IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Finished(_images.Embed(images, Reporter(progress, images.Count), cancellation));
    }

    /// <summary>
    /// As <see cref="EncodeImages"/>, a vector that is not made of finite numbers included: an indexer leaves out that image alone.
    /// </summary>
    internal IReadOnlyList<float[]> EncodeImagesUnchecked(IReadOnlyList<RgbImage> images, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Finished(_images.Embed(images, null, cancellation, finite: false));
    }

    /// <summary>As <see cref="EncodeImages"/>, on the thread pool.</summary>
    /// <inheritdoc cref="EncodeImages" path="/param|/returns|/exception"/>
    public Task<IReadOnlyList<float[]>> EncodeImagesAsync(
        IReadOnlyList<RgbImage> images, IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => EncodeImages(images, progress, cancellation), cancellation);

    /// <summary>A text as a vector of length 1 (see <see cref="BrewClipOptions.Normalize"/>), by the pipeline channel.</summary>
    /// <param name="text">
    /// A text of any length, a long one by <see cref="BrewClipOptions.LongText"/>; an empty one has a vector too.
    /// </param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <returns><see cref="Dimensions"/> numbers.</returns>
    /// <inheritdoc cref="EncodeTexts" path="/exception"/>
    public float[] EncodeText(string text, CancellationToken cancellation = default) => EncodeTexts([text], null, cancellation)[0];

    /// <summary>Many texts as vectors, in their order, computed in batches; long ones by <see cref="BrewClipOptions.LongText"/>.</summary>
    /// <param name="texts">Texts of any length.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <returns>Vectors of <see cref="Dimensions"/> numbers.</returns>
    /// <exception cref="ArgumentException">A text is null; the message says which.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">A vector is not made of finite numbers: weights or element type do not fit.</exception>
    public IReadOnlyList<float[]> EncodeTexts(
        IReadOnlyList<string> texts, IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Finished(_texts.Embed(texts, Reporter(progress, texts.Count), cancellation));
    }

    /// <summary>As <see cref="EncodeTexts"/>, on the thread pool.</summary>
    /// <inheritdoc cref="EncodeTexts" path="/param|/returns|/exception"/>
    public Task<IReadOnlyList<float[]>> EncodeTextsAsync(
        IReadOnlyList<string> texts, IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => EncodeTexts(texts, progress, cancellation), cancellation);

    /// <summary>Where in an image, and when in an utterance, the model finds the two alike.</summary>
    /// <param name="clip">Sound of any rate and length.</param>
    /// <param name="image">An image of any size; of <see cref="ImageCropPolicy.FiveCrop"/>'s views the centre is mapped.</param>
    /// <param name="transcript">As in <see cref="EncodeSpeech(AudioClip, string?, CancellationToken)"/>.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <returns>Weights and pictures that hold no tensor; nothing to dispose.</returns>
    /// <inheritdoc cref="EncodeSpeech(AudioClip, string?, CancellationToken)" path="/exception"/>
    public AttentionMap MapAttention(AudioClip clip, RgbImage image, string? transcript = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _attention.Map(clip, EncodeSpeech(clip, transcript, cancellation), image);
    }

    /// <summary>Where in an image the model finds what a text says.</summary>
    /// <param name="text">A text of any length.</param>
    /// <param name="image">An image of any size.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <returns>A map without a curve.</returns>
    /// <inheritdoc cref="EncodeTexts" path="/exception"/>
    public AttentionMap MapAttention(string text, RgbImage image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _attention.Map(EncodeText(text, cancellation), image);
    }

    /// <summary>Frees the trained part and the frozen models. Not while a call is under way.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Network.Dispose();
            Backbone.Dispose();
        }
    }

    private static Action<int>? Reporter(IProgress<BrewClipProgress>? progress, int total) =>
        progress is null ? null : done => progress.Report(new BrewClipProgress(done, total));

    private static string Reference(string? source, string folder) => source switch
    {
        null => throw new InvalidOperationException(
            "This model's Whisper or CLIP was handed over as an object: a checkpoint could not name where to load it from."),
        _ when Path.IsPathRooted(source) => Path.GetRelativePath(Path.GetFullPath(folder), source).Replace('\\', '/'),
        _ => source,
    };

    private float[][] Finished(float[][] vectors) => Options.Normalize ? [.. vectors.Select(VectorPool.Normalize)] : vectors;
}
