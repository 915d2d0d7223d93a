using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;

namespace BrewClip.Models.Brew;

/// <summary>
/// The frozen models that BrewCLIP stands on, with the tokenizers and the image preprocessing that belong to them. Disposing it disposes
/// both networks.
/// </summary>
public sealed class BrewClipBackbone : IDisposable
{
    /// <summary>Gathers parts that are loaded already, and takes ownership of the networks.</summary>
    /// <exception cref="InvalidDataException">A tokenizer, or the image size, is another model's.</exception>
    public BrewClipBackbone(
        WhisperModel whisper, WhisperTokenizer whisperTokenizer, ClipModel clip, ClipTokenizer clipTokenizer,
        ClipImageProcessor imageProcessor)
    {
        (Whisper, WhisperTokenizer, Clip, ClipTokenizer, ImageProcessor) = (whisper, whisperTokenizer, clip, clipTokenizer, imageProcessor);
        Belong("Whisper's tokenizer", whisperTokenizer.VocabularySize, whisper.Config.VocabularySize, "tokens");
        Belong("CLIP's tokenizer", clipTokenizer.VocabularySize, clip.Config.Text.VocabularySize, "tokens");
        Belong("CLIP's image preprocessing", imageProcessor.Size, clip.Config.Vision.ImageSize, "pixels");
    }

    /// <summary>The speech recogniser, frozen.</summary>
    public WhisperModel Whisper { get; }

    /// <summary>Whisper's tokenizer.</summary>
    public WhisperTokenizer WhisperTokenizer { get; }

    /// <summary>The text and image towers, frozen.</summary>
    public ClipModel Clip { get; }

    /// <summary>CLIP's tokenizer.</summary>
    public ClipTokenizer ClipTokenizer { get; }

    /// <summary>How images become pixels for CLIP.</summary>
    public ClipImageProcessor ImageProcessor { get; }

    /// <summary>Where Whisper was loaded from: a hub name, or the full path of a folder; null where it was given as an object.</summary>
    public string? WhisperSource { get; init; }

    /// <summary>Where CLIP was loaded from: a hub name, or the full path of a folder; null where it was given as an object.</summary>
    public string? ClipSource { get; init; }

    /// <summary>Where Whisper's files are on this machine; null where it was given as an object.</summary>
    public string? WhisperFolder { get; private init; }

    /// <summary>Where CLIP's files are on this machine; null where it was given as an object.</summary>
    public string? ClipFolder { get; private init; }

    /// <summary>Loads both models from their folders.</summary>
    /// <param name="whisperFolder">Whisper in the hub's layout, tokenizer included.</param>
    /// <param name="clipFolder">CLIP in the hub's layout, tokenizer and <c>preprocessor_config.json</c> included.</param>
    /// <param name="options">Element type and device; float32 on the CPU when null.</param>
    /// <param name="cancellation">Checked while weights are copied.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the parts do not belong together.</exception>
    /// <exception cref="CheckpointMismatchException">Names or shapes of weights are not those of the configuration.</exception>
    public static BrewClipBackbone Load(
        string whisperFolder, string clipFolder, ModelLoadingOptions? options = null, CancellationToken cancellation = default)
    {
        return Load(whisperFolder, clipFolder, Path.GetFullPath(whisperFolder), Path.GetFullPath(clipFolder), options, cancellation);
    }

    internal static BrewClipBackbone Load(
        string whisperFolder, string clipFolder, string whisperSource, string clipSource, ModelLoadingOptions? options,
        CancellationToken cancellation)
    {
        // The small files first: what they lack is said before gigabytes are read.
        var whisperTokenizer = WhisperTokenizer.Load(whisperFolder, WhisperConfig.Load(whisperFolder).VocabularySize);
        var clipTokenizer = ClipTokenizer.Load(clipFolder, ClipConfig.Load(clipFolder).Text.VocabularySize);
        var imageProcessor = ClipImageProcessor.Load(clipFolder);
        WhisperModel? whisper = null;
        ClipModel? clip = null;
        try
        {
            clip = ClipModel.Load(clipFolder, options, cancellation);
            whisper = WhisperModel.Load(whisperFolder, options, cancellation);
            return new BrewClipBackbone(whisper, whisperTokenizer, clip, clipTokenizer, imageProcessor)
            {
                WhisperSource = whisperSource,
                ClipSource = clipSource,
                WhisperFolder = whisperFolder,
                ClipFolder = clipFolder,
            };
        }
        catch
        {
            whisper?.Dispose();
            clip?.Dispose();
            throw;
        }
    }

    /// <summary>Frees both networks.</summary>
    public void Dispose()
    {
        Whisper.Dispose();
        Clip.Dispose();
    }

    private static void Belong(string part, int has, int needed, string unit)
    {
        if (has != needed)
        {
            throw new InvalidDataException($"{part} is made for {has} {unit} and the model for {needed}: they do not belong together.");
        }
    }
}
