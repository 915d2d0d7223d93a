namespace BrewClip.Data.LittleWorld;

/// <summary>What a figure feels: visible in its face, audible in the speaker's voice, never worded.</summary>
public enum Mood
{
    /// <summary>A straight mouth; the speaker's own voice.</summary>
    Neutral,

    /// <summary>A smile; higher, livelier, faster.</summary>
    Happy,

    /// <summary>A drooping mouth and a tear; lower, flatter, slower, quieter.</summary>
    Sad,

    /// <summary>Knit brows and a reddened face; faster, louder, harder.</summary>
    Angry,
}

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

/// <summary>A colour that a thing can have.</summary>
public enum Colour
{
    /// <summary>Red.</summary>
    Red,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Green.</summary>
    Green,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Purple.</summary>
    Purple,

    /// <summary>Pink.</summary>
    Pink,

    /// <summary>Black.</summary>
    Black,

    /// <summary>White.</summary>
    White,

    /// <summary>Brown.</summary>
    Brown,
}

/// <summary>How large a thing is.</summary>
public enum Size
{
    /// <summary>About a sixth of the image's width.</summary>
    Small,

    /// <summary>About a third of the image's width.</summary>
    Large,
}

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

/// <summary>A thing, or a countable group of equal things.</summary>
/// <param name="Shape">Its kind.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Size">Its size; a group's members are small.</param>
/// <param name="Count">1, or 2 to 5 for a group.</param>
public sealed record Thing(Shape Shape, Colour Colour, Size Size, int Count = 1);

/// <summary>A person with a shirt of some colour and a mood.</summary>
/// <param name="Kind">Who it is.</param>
/// <param name="Shirt">The colour of the shirt.</param>
/// <param name="Mood">What it feels.</param>
public sealed record Figure(FigureKind Kind, Colour Shirt, Mood Mood);

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
