namespace BrewClip.Data;

/// <summary>One spoken caption of one image: the pair that retrieval learns from. An image has as many records as it has
/// captions.</summary>
public record SpokenImageCaption : Utterance
{
    /// <summary>Equal for captions of the same picture, different for different pictures: what retrieval counts as correct.</summary>
    public required string ImageId { get; init; }

    /// <summary>The picture's absolute path.</summary>
    public required string ImagePath { get; init; }
}
