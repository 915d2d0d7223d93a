namespace BrewClip.Data.LittleWorld;

/// <summary>A kind of thing that a scene can hold.</summary>
public enum Shape
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A triangle standing on its base.</summary>
    Triangle,

    /// <summary>A five-pointed star.</summary>
    Star,

    /// <summary>A heart.</summary>
    Heart,

    /// <summary>A square standing on its corner.</summary>
    Diamond,

    /// <summary>A plus sign.</summary>
    Cross,

    /// <summary>A disc with a hole.</summary>
    Ring,

    /// <summary>A crescent.</summary>
    Moon,

    /// <summary>An arrow pointing right.</summary>
    Arrow,

    /// <summary>A house.</summary>
    House,

    /// <summary>A fir tree.</summary>
    Tree,

    /// <summary>A boat with a sail.</summary>
    Boat,

    /// <summary>A flower of six petals.</summary>
    Flower,
}
