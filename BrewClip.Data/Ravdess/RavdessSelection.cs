namespace BrewClip.Data.Ravdess;

/// <summary>Which recordings, in which classes.</summary>
public enum RavdessSelection
{
    /// <summary>The authors': emotions 01 to 05 with calm counted as neutral, four classes, 864 recordings.</summary>
    Published,

    /// <summary>All eight emotions, each a class of its own, 1440 recordings.</summary>
    AllEmotions,
}
