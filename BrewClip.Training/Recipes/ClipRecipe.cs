using BrewClip.Data.Loading;
using BrewClip.Models.Clip;

namespace BrewClip.Training.Recipes;

/// <summary>A CLIP that is trained from nothing, vocabulary included: <c>clip-nano</c>.</summary>
public sealed record ClipRecipe : Recipe
{
    /// <summary>The data set to train on: littleworld.</summary>
    public required string TrainOn { get; init; }

    /// <summary>The shape.</summary>
    public required ClipShape Model { get; init; }

    /// <summary>Merges of the vocabulary that is learned from the captions.</summary>
    public int VocabularyMerges { get; init; } = 1_000;

    /// <summary>How it is trained.</summary>
    public required ClipTrainingRecipe Training { get; init; }

    private protected override string? Fault() => this switch
    {
        { TrainOn: not RetrievalRecipe.LittleWorld } => $"train_on is '{TrainOn}': CLIP is trained from nothing on {RetrievalRecipe.LittleWorld}",
        { VocabularyMerges: < 1 } => $"vocabulary_merges is {VocabularyMerges}: at least 1 is needed",
        _ => Model.Fault(),
    };

    private protected override void ValidateParts() => Training.Validate(Name);
}

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
        ? $"embedding_size {EmbeddingSize}, image_size {ImageSize} and patch_size {PatchSize} make no model: all are above 0, and patches fill the image"
        : Vision.Fault() ?? Text.Fault();
}

/// <summary>The shape of a transformer.</summary>
public sealed record TowerShape
{
    /// <summary>Its width.</summary>
    public required int Width { get; init; }

    /// <summary>Its layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads of a layer.</summary>
    public required int AttentionHeads { get; init; }

    /// <summary>Inner width of a layer's feed-forward part.</summary>
    public required int FeedForward { get; init; }

    internal string? Fault() => Width < 1 || Layers < 1 || AttentionHeads < 1 || FeedForward < 1 || Width % AttentionHeads != 0
        ? $"width {Width}, layers {Layers}, attention_heads {AttentionHeads} and feed_forward {FeedForward} make no transformer: "
            + "all are above 0, and the heads divide the width"
        : null;
}

/// <summary>CLIP's training.</summary>
public sealed record ClipTrainingRecipe : RecipeOptimization
{
    /// <summary>Whether a batch holds one caption of an image at most.</summary>
    public bool DistinctImages { get; init; }

    /// <inheritdoc/>
    public override BatchLoaderOptions ToLoaderOptions() => base.ToLoaderOptions() with { DistinctGroups = DistinctImages };

    private protected override string? Fault() => null;
}
