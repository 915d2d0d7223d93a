using System.Text.Json.Serialization;

namespace BrewClip.Models.Brew;

/// <summary>Which channels of BrewCLIP a model has (paper, Tables 1 and 2).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<BrewClipVariant>))]
public enum BrewClipVariant
{
    /// <summary>Transcript → CLIP text embedding, nothing trained.</summary>
    PipelineZeroShot,

    /// <summary>Transcript → CLIP text embedding, tuned by the shared prompts.</summary>
    PipelinePrompted,

    /// <summary>Whisper's frames → acoustic branch; no transcript.</summary>
    AcousticOnly,

    /// <summary>Both channels, added.</summary>
    Full,
}

/// <summary>How the shared prompt vectors reach the audio channel (design, section 3).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PromptLink>))]
public enum PromptLink
{
    /// <summary>Whisper's frames are projected to the text width and take the same vectors.</summary>
    Shared,

    /// <summary>The vectors are mapped linearly to Whisper's width, where the branch works.</summary>
    Linear,
}
