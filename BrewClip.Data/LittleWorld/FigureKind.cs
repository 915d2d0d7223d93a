namespace BrewClip.Data.LittleWorld;

/// <summary>Who a figure is.</summary>
public enum FigureKind
{
    /// <summary>Short hair.</summary>
    Boy,

    /// <summary>Two braids.</summary>
    Girl,

    /// <summary>A hat.</summary>
    Man,

    /// <summary>Long hair.</summary>
    Woman,
}
