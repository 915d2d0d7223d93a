namespace BrewClip.Data.LittleWorld;

/// <summary>
/// One scene of Little World: a background with either one thing or group, two things in a relation, or a figure beside a thing.
/// </summary>
/// <param name="Background">Where it is.</param>
/// <param name="First">The thing that a caption names first.</param>
/// <param name="Relation">How <paramref name="First"/> stands to <paramref name="Second"/>; null without a second thing.</param>
/// <param name="Second">The other thing, or null.</param>
/// <param name="Figure">The figure, or null. A scene with a figure has one thing, beside it.</param>
public sealed record Scene(Background Background, Thing First, Relation? Relation = null, Thing? Second = null, Figure? Figure = null)
{
    /// <summary>What a caption can say of the scene: equal for two scenes that differ in mood alone.</summary>
    public Scene WithoutMood() => Figure is null ? this : this with { Figure = Figure with { Mood = Mood.Neutral } };
}
