namespace BrewClip.Training.Recipes;

/// <summary>A Whisper that is trained from nothing, vocabulary included: <c>whisper-nano</c>.</summary>
public sealed record WhisperRecipe : PretrainingRecipe
{
    /// <summary>The shape.</summary>
    public required WhisperShape Model { get; init; }

    /// <summary>How it is trained.</summary>
    public required WhisperTrainingRecipe Training { get; init; }

    private protected override string? ShapeFault() => Model.Fault();

    private protected override void ValidateParts() => Training.Validate(Name);
}
