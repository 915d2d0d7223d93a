namespace BrewClip.Data.LittleWorld;

/// <summary>Where a scene takes place.</summary>
public enum Background
{
    /// <summary>Sand under a light sky, the sea between.</summary>
    Beach,

    /// <summary>Grass under a blue sky.</summary>
    Meadow,

    /// <summary>A dark sky with points of light.</summary>
    Night,

    /// <summary>White ground under a grey sky, flakes falling.</summary>
    Snow,

    /// <summary>Dunes under a hot sky.</summary>
    Desert,

    /// <summary>Waves and nothing else.</summary>
    Sea,

    /// <summary>Grey peaks.</summary>
    Mountains,

    /// <summary>Rows of lit windows.</summary>
    City,
}
