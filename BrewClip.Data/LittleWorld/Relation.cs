namespace BrewClip.Data.LittleWorld;

/// <summary>How the first thing of a scene stands to the second.</summary>
public enum Relation
{
    /// <summary>The first is left of the second.</summary>
    LeftOf,

    /// <summary>The first is right of the second.</summary>
    RightOf,

    /// <summary>The first is above the second.</summary>
    Above,

    /// <summary>The first is below the second.</summary>
    Below,

    /// <summary>The first, small, is inside the second, large.</summary>
    Inside,
}
