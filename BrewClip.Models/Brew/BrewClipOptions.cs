using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Models.Brew;

/// <summary>How a <see cref="BrewClipModel"/> encodes. The defaults give what the paper's model gives.</summary>
public record BrewClipOptions
{
    /// <summary>
    /// How utterances are transcribed. The default decodes greedily at temperature 0, without timestamps, conditioning or fallback, from
    /// the same pass of Whisper's encoder that the acoustic channel reads; options that ask for more cost a second pass.
    /// </summary>
    public TranscriptionOptions Transcription { get; init; } = TranscriptionOptions.SpeechQuery;

    /// <summary>What becomes of a text past the text encoder's context. Default: cut, as the paper has it.</summary>
    public LongTextPolicy LongText { get; init; } = LongTextPolicy.Truncate;

    /// <summary>
    /// What becomes of the part of an image that does not fit a square; null for what the model's own <c>preprocessor_config.json</c> says,
    /// the centre. Index and query with the same policy.
    /// </summary>
    public ImageCropPolicy? CropPolicy { get; init; }

    /// <summary>Whether vectors are brought to length 1, so that their dot product is the cosine. Default true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Windows of sound in one pass, 1 or more. Default 8.</summary>
    public int SpeechBatchSize { get; init; } = 8;

    /// <summary>Images in one pass, 1 or more. Default 16.</summary>
    public int ImageBatchSize { get; init; } = 16;

    /// <summary>Texts in one pass, 1 or more. Default 32.</summary>
    public int TextBatchSize { get; init; } = 32;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is out of range, or the transcription options contradict each other.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Transcription);
        Transcription.Validate();
        foreach (var (name, size) in ((string, int)[])
            [(nameof(SpeechBatchSize), SpeechBatchSize), (nameof(ImageBatchSize), ImageBatchSize), (nameof(TextBatchSize), TextBatchSize)])
        {
            if (size is < 1 or > 4096)
            {
                throw new ArgumentException($"{name} is {size}: 1 to 4096 are possible.");
            }
        }

        if (!Enum.IsDefined(LongText) || (CropPolicy is { } policy && !Enum.IsDefined(policy)))
        {
            throw new ArgumentException($"LongText is {LongText} and CropPolicy {CropPolicy}: one of them is not a policy.");
        }
    }
}

/// <summary>How a <see cref="BrewClipModel"/> is loaded, and how it encodes afterwards.</summary>
public sealed record BrewClipLoadOptions : BrewClipOptions
{
    /// <summary>
    /// Element type and device of Whisper and CLIP, float32 on the CPU by default. The trained part stays float32, on the same device.
    /// </summary>
    public ModelLoadingOptions Networks { get; init; } = new();

    /// <summary>
    /// Where models named by hub names come from; by default what the environment says (<see cref="HubOptions.FromEnvironment"/>).
    /// </summary>
    public HubOptions? Hub { get; init; }

    /// <summary>Told of downloads. Null for nobody.</summary>
    public IProgress<HubProgress>? DownloadProgress { get; init; }
}
