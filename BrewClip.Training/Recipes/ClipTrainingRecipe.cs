using BrewClip.Data.Loading;

namespace BrewClip.Training.Recipes;

/// <summary>CLIP's training.</summary>
public sealed record ClipTrainingRecipe : RecipeOptimization
{
    /// <summary>Whether a batch holds one caption of an image at most.</summary>
    public bool DistinctImages { get; init; }

    /// <inheritdoc/>
    public override BatchLoaderOptions ToLoaderOptions() => base.ToLoaderOptions() with { DistinctGroups = DistinctImages };

    private protected override string? Fault() => null;
}
