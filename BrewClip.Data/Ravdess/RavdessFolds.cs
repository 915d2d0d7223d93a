namespace BrewClip.Data.Ravdess;

/// <summary>Speaker-disjoint folds over RAVDESS's 24 actors.</summary>
public static class RavdessFolds
{
    private const int Pairs = RavdessFields.Actors / 2;

    /// <summary>
    /// Folds whose test parts together are all actors, each once, with as many women as men in each. The same seed gives the same folds.
    /// </summary>
    /// <param name="count">2 to 12; with 12 each test part is one man and one woman.</param>
    /// <param name="seed">Null for the order of the actors' numbers; otherwise men and women are paired at random.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public static IReadOnlyList<RavdessFold> Create(int count, ulong? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Pairs);
        int[] men = [.. Enumerable.Range(0, Pairs).Select(i => 2 * i + 1)];
        int[] women = [.. Enumerable.Range(0, Pairs).Select(i => 2 * i + 2)];
        if (seed is { } value)
        {
            var random = DeterministicRandom.For(value, "ravdess-folds");
            random.Shuffle<int>(men);
            random.Shuffle<int>(women);
        }

        return [.. Enumerable.Range(0, count).Select(fold => Fold(fold, count, men, women))];
    }

    private static RavdessFold Fold(int fold, int count, int[] men, int[] women)
    {
        int[] test = [.. Enumerable.Range(0, Pairs).Where(i => i % count == fold).SelectMany(i => new[] { men[i], women[i] }).Order()];
        return new RavdessFold([.. men.Concat(women).Except(test).Order()], test);
    }
}
