namespace BrewClip.Data.Ravdess;

/// <summary>One way of dividing the actors so that nobody is heard in both parts.</summary>
/// <param name="Train">Actors to learn from, ascending.</param>
/// <param name="Test">Actors to test on, ascending.</param>
public sealed record RavdessFold(IReadOnlyList<int> Train, IReadOnlyList<int> Test);
