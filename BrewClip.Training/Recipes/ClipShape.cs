using BrewClip.Models.Clip;

namespace BrewClip.Training.Recipes;

/// <summary>CLIP's shape, apart from its vocabulary.</summary>
public sealed record ClipShape
{
    /// <summary>Width of the joint space.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>Width and height of an image in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Width and height of a patch in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>The image tower.</summary>
    public required TowerShape Vision { get; init; }

    /// <summary>The text tower.</summary>
    public required TowerShape Text { get; init; }

    /// <summary>The same as a model's configuration.</summary>
    /// <param name="vocabularySize">Tokens of the text tower.</param>
    /// <param name="endOfText">The token that is pooled.</param>
    public ClipConfig ToConfig(int vocabularySize, int endOfText) => new()
    {
        EmbeddingSize = EmbeddingSize,
        Vision = new ClipVisionConfig
        {
            HiddenSize = Vision.Width,
            IntermediateSize = Vision.FeedForward,
            Layers = Vision.Layers,
            AttentionHeads = Vision.AttentionHeads,
            ImageSize = ImageSize,
            PatchSize = PatchSize,
        },
        Text = new ClipTextConfig
        {
            VocabularySize = vocabularySize,
            HiddenSize = Text.Width,
            IntermediateSize = Text.FeedForward,
            Layers = Text.Layers,
            AttentionHeads = Text.AttentionHeads,
            EndOfText = endOfText,
        },
    };

    internal string? Fault() => EmbeddingSize < 1 || PatchSize < 1 || ImageSize < PatchSize || ImageSize % PatchSize != 0
        ? $"embedding_size {EmbeddingSize}, image_size {ImageSize} and patch_size {PatchSize} make no model: all are above 0, and patches "
        + "fill the image"
        : Vision.Fault() ?? Text.Fault();
}
