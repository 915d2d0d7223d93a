using System.Collections.Immutable;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Loading;

namespace BrewClip.Training.Tasks;

/// <summary>One spoken caption with its image, as far as frozen networks could bring it.</summary>
/// <param name="Image">Equal for examples of the same image.</param>
/// <param name="Pixels">Resized and cropped, as in <see cref="ImageTextExample"/>; null where the embedding is known.</param>
/// <param name="ImageEmbedding">CLIP's embedding; null where the image tower takes part in training.</param>
/// <param name="Tokens">The transcript for the text tower: start, text, end; null without a pipeline channel.</param>
/// <param name="Frames">Whisper's frames; null without an acoustic channel.</param>
public sealed record SpeechImageExample(long Image, byte[]? Pixels, float[]? ImageEmbedding, int[]? Tokens, CachedFeatures? Frames);

/// <summary>Where a <see cref="SpeechImageSource"/> finds what frozen networks computed. The caches stay the caller's.</summary>
public sealed record FrozenFeatures
{
    /// <summary>Transcripts by recording; null reads the data set's captions in their place (the paper's Table 4).</summary>
    public TranscriptCache? Transcripts { get; init; }

    /// <summary>Whisper's frames by recording; null for a model without acoustic channel.</summary>
    public FeatureCache? Frames { get; init; }

    /// <summary>Image embeddings by picture; null for a model whose image tower takes part in training.</summary>
    public FeatureCache? Images { get; init; }

    /// <summary>Whether the pipeline channel is there at all. Default true.</summary>
    public bool HasPipeline { get; init; } = true;

    /// <summary>Why a file has no features, by its path, as far as it is known: what leaving it out is explained with.</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>Spoken captions with their images and with what the frozen networks made of them.</summary>
/// <remarks>
/// A recording whose transcription failed is left out, as the authors left theirs out, and named with the reason. Safe for concurrent
/// loading.
/// </remarks>
public sealed class SpeechImageSource : IExampleSource<SpeechImageExample>
{
    private readonly IReadOnlyList<SpokenImageCaption> _captions;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly ResizedPictures _pictures;
    private readonly FrozenFeatures _features;
    private readonly ClipTokenizer _tokenizer;
    private readonly int _contextLength;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="captions">The records. Those without a recording are left out.</param>
    /// <param name="features">What the frozen networks computed.</param>
    /// <param name="tokenizer">CLIP's.</param>
    /// <param name="processor">CLIP's.</param>
    /// <param name="contextLength">Positions of the text tower.</param>
    public SpeechImageSource(
        IEnumerable<SpokenImageCaption> captions, FrozenFeatures features, ClipTokenizer tokenizer, ClipImageProcessor processor,
        int contextLength)
    {
        _captions = [.. captions.Where(caption => caption.AudioPath is not null)];
        foreach (var caption in _captions)
        {
            _numbers.TryAdd(caption.ImageId, _numbers.Count);
        }

        (_features, _tokenizer, Processor, _contextLength) = (features, tokenizer, processor, contextLength);
        _pictures = new ResizedPictures(processor);
    }

    /// <summary>Whether the frames are those that hold speech alone; false where they fill the window, or there are none.</summary>
    public bool HasValidFramesOnly => _features.Frames is { } frames && FrameCaching.HoldsValidOnly(frames);

    /// <summary>CLIP's preprocessor.</summary>
    public ClipImageProcessor Processor { get; }

    /// <inheritdoc/>
    public int Count => _captions.Count;

    /// <inheritdoc/>
    public string NameOf(int index) => _captions[index].Id;

    /// <inheritdoc/>
    public string GroupOf(int index) => _captions[index].ImageId;

    /// <inheritdoc/>
    public long LengthOf(int index) => new FileInfo(_captions[index].AudioPath!) is { Exists: true } file ? file.Length : 0;

    /// <inheritdoc/>
    public SpeechImageExample Load(int index, DeterministicRandom random)
    {
        var caption = _captions[index];
        string recording = ContentHash.OfFile(caption.AudioPath!);
        var frames = _features.Frames is null ? null : Found(_features.Frames.Find(recording), "frames", caption.AudioPath!);
        float[]? embedding = _features.Images is null
            ? null
            : Found(_features.Images.Find(ContentHash.OfFile(caption.ImagePath)), "embedding", caption.ImagePath).Values;
        return new SpeechImageExample(
            _numbers[caption.ImageId],
            embedding is null ? _pictures.Read(caption.ImagePath) : null,
            embedding,
            _features.HasPipeline ? Tokens(caption, recording) : null,
            frames);
    }

    private int[] Tokens(SpokenImageCaption caption, string recording)
    {
        string text = _features.Transcripts is null
            ? caption.Caption ?? throw new InvalidDataException($"'{caption.Id}' has no caption.")
            : Transcript(_features.Transcripts, recording, caption.AudioPath!);
        return CaptionTokens.Of(_tokenizer, text, _contextLength);
    }

    private string Transcript(TranscriptCache transcripts, string recording, string path)
    {
        var found = Found(transcripts.Find(recording), "transcript", path);
        return found.Text ?? throw new InvalidDataException($"'{path}' could not be transcribed: {found.Failure}");
    }

    private T Found<T>(T? value, string what, string path)
        where T : class =>
        value ?? throw new InvalidDataException(
            _features.Unreadable.GetValueOrDefault(path) ?? $"The cache holds no {what} of '{path}': compute it before training.");
}
