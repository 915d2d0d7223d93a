using BrewClip.Core.Checkpoints;

namespace BrewClip.Core.Images;

/// <summary>How images are prepared for a CLIP vision encoder. The defaults are those of openai/clip.</summary>
public sealed record ClipImageProcessorConfig
{
    /// <summary>The width and height that the encoder takes, in pixels; 1 to 4096. Default 224.</summary>
    public int Size { get; init; } = 224;

    /// <summary>
    /// The length that the short side is resized to before the centre crop, <see cref="Size"/> or more; null for <see cref="Size"/>.
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>The mean of red, green and blue on the scale 0 to 1 (openai/CLIP, clip.py). Default OpenAI's.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.48145466f, 0.4578275f, 0.40821073f];

    /// <summary>
    /// The standard deviation of red, green and blue on the scale 0 to 1 (openai/CLIP, clip.py); above 0. Default OpenAI's.
    /// </summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>What becomes of the part of an image that does not fit a square. Default: the centre, as the reference crops.</summary>
    public ImageCropPolicy CropPolicy { get; init; } = ImageCropPolicy.CenterCrop;

    /// <summary>Reads the text of a <c>preprocessor_config.json</c>.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="name">What to call it in an exception's message.</param>
    /// <exception cref="InvalidDataException">It is no JSON object, contradicts itself, or asks for what is not supported.</exception>
    public static ClipImageProcessorConfig FromJson(string json, string name = "preprocessor_config.json") =>
        PreprocessorConfigReader.Read(json, name);

    /// <summary>Reads a <c>preprocessor_config.json</c>.</summary>
    /// <param name="folderOrFile">The file, or the model's folder that holds it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no JSON object, contradicts itself, or asks for what is not supported.</exception>
    public static ClipImageProcessorConfig Load(string folderOrFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(folderOrFile);
        string path = Directory.Exists(folderOrFile) ? Path.Combine(folderOrFile, "preprocessor_config.json") : folderOrFile;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no '{path}': an image processor needs the model's preprocessor_config.json.", path);
        }

        return FromJson(File.ReadAllText(path), path);
    }

    /// <summary>Writes <c>preprocessor_config.json</c> into an existing folder, beside and renamed.</summary>
    /// <exception cref="NotSupportedException">
    /// The crop policy is another than the centre crop, which is all that this file can say.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string folder)
    {
        if (CropPolicy != ImageCropPolicy.CenterCrop)
        {
            throw new NotSupportedException(
                $"preprocessor_config.json knows the centre crop alone, not {CropPolicy}: nothing was written.");
        }

        AtomicFile.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), PreprocessorConfigWriter.Write(this));
    }

    internal void Validate(string name)
    {
        Require(Size is >= 1 and <= 4096, name, $"its image size is {Size}: 1 to 4096 are supported");
        Require(
            ShortSide is null || (ShortSide >= Size && ShortSide <= 4096), name,
            $"it resizes the short side to {ShortSide} and then crops {Size}, which would need padding");
        Require(Mean.Count == 3 && Mean.All(float.IsFinite), name, "its mean is not three finite numbers");
        Require(
            StandardDeviation.Count == 3 && StandardDeviation.All(value => float.IsFinite(value) && value > 0), name,
            "its standard deviation is not three numbers above 0");
        Require(Enum.IsDefined(CropPolicy), name, $"its crop policy {CropPolicy} is unknown");
    }

    private static void Require(bool condition, string name, string problem)
    {
        if (!condition)
        {
            throw new InvalidDataException($"'{name}' cannot be used: {problem}.");
        }
    }
}
