namespace BrewClip.Training.Recipes;

/// <summary>A model that is trained from nothing, vocabulary included.</summary>
public abstract record PretrainingRecipe : Recipe
{
    /// <summary>The data set to train on: littleworld.</summary>
    public required string TrainOn { get; init; }

    /// <summary>Merges of the vocabulary that is learned from the captions, at least 1. Default 1000.</summary>
    public int VocabularyMerges { get; init; } = 1_000;

    private protected sealed override string? Fault() => this switch
    {
        { TrainOn: not RetrievalRecipe.LittleWorld } =>
            $"train_on is '{TrainOn}': models are trained from nothing on {RetrievalRecipe.LittleWorld} alone",
        { VocabularyMerges: < 1 } => $"vocabulary_merges is {VocabularyMerges}: at least 1 is needed",
        _ => ShapeFault(),
    };

    /// <summary>What the model's shape has wrong, as the end of a sentence; null for nothing.</summary>
    private protected abstract string? ShapeFault();
}
