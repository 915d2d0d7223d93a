namespace BrewClip.Core.Text;

/// <summary>
/// One learned merge: the adjacent tokens <paramref name="Left"/> and <paramref name="Right"/> become their concatenation. Its rank is its
/// place in the list.
/// </summary>
public readonly record struct BytePairMerge(string Left, string Right)
{
    /// <summary>The token that the merge makes.</summary>
    public string Result => Left + Right;
}
