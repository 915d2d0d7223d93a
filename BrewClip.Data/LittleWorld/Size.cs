namespace BrewClip.Data.LittleWorld;

/// <summary>How large a thing is.</summary>
public enum Size
{
    /// <summary>About a sixth of the image's width.</summary>
    Small,

    /// <summary>About a third of the image's width.</summary>
    Large,
}
