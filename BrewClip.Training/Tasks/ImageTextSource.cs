using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Training.Tasks;

/// <summary>One image with one caption.</summary>
/// <param name="Image">Equal for examples of the same image.</param>
/// <param name="Pixels">Resized and cropped: size · size · 3 bytes, row by row, red, green, blue.</param>
/// <param name="Tokens">Start, text, end.</param>
public sealed record ImageTextExample(long Image, byte[] Pixels, int[] Tokens);

/// <summary>Images with their captions, from any data set.</summary>
/// <remarks>Pictures are decoded once and kept where there is memory for them; safe for concurrent loading.</remarks>
public sealed class ImageTextSource : IExampleSource<ImageTextExample>
{
    private readonly IReadOnlyList<SpokenImageCaption> _captions;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly ResizedPictures _pictures;
    private readonly int _contextLength;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="captions">The records. Those without text are left out.</param>
    /// <param name="tokenizer">The text tower's.</param>
    /// <param name="processor">The image tower's; one view for each image.</param>
    /// <param name="contextLength">Positions of the text tower.</param>
    /// <param name="keepPictures">
    /// Keep resized pictures in memory, size · size · 3 bytes for each, up to a quarter of it. Default true.
    /// </param>
    /// <exception cref="ArgumentException">The processor makes several views of an image.</exception>
    public ImageTextSource(
        IEnumerable<SpokenImageCaption> captions, ClipTokenizer tokenizer, ClipImageProcessor processor, int contextLength,
        bool keepPictures = true)
    {
        if (processor.ViewCount != 1)
        {
            throw new ArgumentException(
                "Training reads one view of each image: choose another crop policy than five crops.", nameof(processor));
        }

        _captions = [.. captions.Where(caption => !string.IsNullOrWhiteSpace(caption.Caption))];
        foreach (var caption in _captions)
        {
            _numbers.TryAdd(caption.ImageId, _numbers.Count);
        }

        (Tokenizer, Processor, _contextLength) = (tokenizer, processor, contextLength);
        _pictures = new ResizedPictures(processor, keepPictures ? null : 0);
    }

    /// <summary>The text tower's tokenizer.</summary>
    public ClipTokenizer Tokenizer { get; }

    /// <summary>The image tower's preprocessor.</summary>
    public ClipImageProcessor Processor { get; }

    /// <inheritdoc/>
    public int Count => _captions.Count;

    /// <inheritdoc/>
    public string NameOf(int index) => _captions[index].Id;

    /// <inheritdoc/>
    public string GroupOf(int index) => _captions[index].ImageId;

    /// <inheritdoc/>
    public long LengthOf(int index) => _captions[index].Caption!.Length;

    /// <inheritdoc/>
    public ImageTextExample Load(int index, DeterministicRandom random)
    {
        var caption = _captions[index];
        return new ImageTextExample(
            _numbers[caption.ImageId], _pictures.Read(caption.ImagePath), CaptionTokens.Of(Tokenizer, caption.Caption!, _contextLength));
    }
}
