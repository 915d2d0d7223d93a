namespace BrewClip.Training.Recipes;

/// <summary>A CLIP that is trained from nothing, vocabulary included: <c>clip-nano</c>.</summary>
public sealed record ClipRecipe : PretrainingRecipe
{
    /// <summary>The shape.</summary>
    public required ClipShape Model { get; init; }

    /// <summary>How it is trained.</summary>
    public required ClipTrainingRecipe Training { get; init; }

    private protected override string? ShapeFault() => Model.Fault();

    private protected override void ValidateParts() => Training.Validate(Name);
}
