using System.Buffers;

namespace BrewClip.Core.Images;

/// <summary>
/// Prepares images for a CLIP vision encoder exactly as openai/CLIP does with Pillow and torchvision: antialiased bicubic resize, crop,
/// scaling to 0…1 and normalisation. Immutable and thread-safe.
/// </summary>
public sealed class ClipImageProcessor
{
    /// <summary>The grain of the FiveCrop policy: 8/7 of the size, as the usual 256 for 224.</summary>
    private const int FiveCropNumerator = 8, FiveCropDenominator = 7;

    private readonly int _shortSide;
    private readonly byte[] _fill;
    private readonly float[][] _normalized;

    /// <param name="config">Sizes, means and policy.</param>
    /// <exception cref="InvalidDataException">The configuration is contradictory or out of range.</exception>
    public ClipImageProcessor(ClipImageProcessorConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate(nameof(ClipImageProcessorConfig));
        Config = config;
        _shortSide = config.CropPolicy == ImageCropPolicy.FiveCrop
            ? Math.Max(config.ShortSide ?? 0, (config.Size * FiveCropNumerator + FiveCropDenominator - 1) / FiveCropDenominator)
            : config.ShortSide ?? config.Size;
        _fill = [.. config.Mean.Select(mean => (byte)Math.Clamp(MathF.Round(mean * 255), 0, 255))];
        _normalized = [.. config.Mean.Zip(config.StandardDeviation, NormalizedLevels)];
    }

    /// <summary>The configuration that this processor was made from.</summary>
    public ClipImageProcessorConfig Config { get; }

    /// <summary>The width and height of a view, in pixels.</summary>
    public int Size => Config.Size;

    /// <summary>How many views an image gives: 5 under <see cref="ImageCropPolicy.FiveCrop"/>, else 1.</summary>
    public int ViewCount => Config.CropPolicy == ImageCropPolicy.FiveCrop ? 5 : 1;

    /// <summary>
    /// The length of <see cref="Process"/>'s result: <see cref="ViewCount"/> · 3 · <see cref="Size"/> · <see cref="Size"/>.
    /// </summary>
    public int OutputLength => checked(ViewCount * 3 * Size * Size);

    /// <summary>Makes a processor from a <c>preprocessor_config.json</c>.</summary>
    /// <param name="folderOrFile">The file, or the model's folder that holds it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no JSON object, contradicts itself, or asks for what is not supported.</exception>
    public static ClipImageProcessor Load(string folderOrFile) => new(ClipImageProcessorConfig.Load(folderOrFile));

    /// <summary>Resizes, crops and normalises an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="destination">Receives [views, 3, Size, Size] values; must have <see cref="OutputLength"/> elements.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Process(RgbImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (destination.Length != OutputLength)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} elements where {OutputLength} are needed.", nameof(destination));
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(OutputLength);
        try
        {
            ResizeAndCrop(image, bytes.AsSpan(0, OutputLength));
            Normalize(bytes.AsSpan(0, OutputLength), destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Resizes and crops an image without normalising it.</summary>
    /// <returns>[views, Size, Size, 3] bytes: red, green, blue.</returns>
    public byte[] ResizeAndCrop(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(OutputLength);
        ResizeAndCrop(image, bytes);
        return bytes;
    }

    private void ResizeAndCrop(RgbImage image, Span<byte> destination)
    {
        switch (Config.CropPolicy)
        {
            case ImageCropPolicy.Letterbox:
                Letterbox(image, destination);
                break;
            case ImageCropPolicy.FiveCrop:
                FiveCrop(image, destination);
                break;
            default:
                var (width, height) = WithShortSide(image, _shortSide);
                Crop(image, width, height, Middle(width), Middle(height), destination);
                break;
        }
    }

    private void FiveCrop(RgbImage image, Span<byte> destination)
    {
        var (width, height) = WithShortSide(image, _shortSide);
        int right = width - Size, bottom = height - Size;
        ReadOnlySpan<(int Left, int Top)> corners = [(0, 0), (right, 0), (0, bottom), (right, bottom), (Middle(width), Middle(height))];
        int viewBytes = Size * Size * 3;
        for (int view = 0; view < corners.Length; view++)
        {
            Crop(image, width, height, corners[view].Left, corners[view].Top, destination.Slice(view * viewBytes, viewBytes));
        }
    }

    private void Letterbox(RgbImage image, Span<byte> destination)
    {
        int longSide = Math.Max(image.Width, image.Height);
        int width = Math.Max(1, (int)((long)Size * image.Width / longSide));
        int height = Math.Max(1, (int)((long)Size * image.Height / longSide));
        for (int i = 0; i < destination.Length; i += 3)
        {
            _fill.CopyTo(destination[i..]);
        }

        byte[] resized = ArrayPool<byte>.Shared.Rent(width * height * 3);
        BicubicResampler.Resize(image, width, height, 0, 0, width, height, resized.AsSpan(0, width * height * 3));
        int left = (Size - width) / 2, top = (Size - height) / 2;
        for (int y = 0; y < height; y++)
        {
            resized.AsSpan(y * width * 3, width * 3).CopyTo(destination[(((top + y) * Size + left) * 3)..]);
        }

        ArrayPool<byte>.Shared.Return(resized);
    }

    private void Crop(RgbImage image, int width, int height, int left, int top, Span<byte> destination) =>
        BicubicResampler.Resize(image, width, height, left, top, Size, Size, destination);

    /// <summary>torchvision's size after resizing the short side: the long side is truncated to whole pixels.</summary>
    private static (int Width, int Height) WithShortSide(RgbImage image, int shortSide)
    {
        long shorter = Math.Min(image.Width, image.Height);
        int Scaled(long length) => (int)Math.Min(int.MaxValue, shortSide * length / shorter);
        return (Scaled(image.Width), Scaled(image.Height));
    }

    /// <summary>torchvision's offset of a centre crop: an odd margin's half rounds to the even neighbour.</summary>
    private int Middle(int length) => (int)Math.Round((length - Size) / 2.0, MidpointRounding.ToEven);

    private void Normalize(ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        int plane = Size * Size;
        for (int view = 0; view < ViewCount; view++)
        {
            ReadOnlySpan<byte> pixels = bytes.Slice(view * plane * 3, plane * 3);
            for (int channel = 0; channel < 3; channel++)
            {
                float[] levels = _normalized[channel];
                Span<float> values = destination.Slice((view * 3 + channel) * plane, plane);
                for (int i = 0, from = channel; i < values.Length; i++, from += 3)
                {
                    values[i] = levels[pixels[from]];
                }
            }
        }
    }

    /// <summary>What each of the 256 levels becomes, in the reference's own order of single-precision operations.</summary>
    private static float[] NormalizedLevels(float mean, float deviation)
    {
        var levels = new float[256];
        for (int level = 0; level < levels.Length; level++)
        {
            levels[level] = (level / 255f - mean) / deviation;
        }

        return levels;
    }
}
