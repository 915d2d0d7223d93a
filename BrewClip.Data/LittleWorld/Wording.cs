namespace BrewClip.Data.LittleWorld;

/// <summary>Which sentences a caption may use. The two families share their words and no sentence form.</summary>
public enum WordingFamily
{
    /// <summary>The forms of the training split.</summary>
    Training,

    /// <summary>The forms of the development and test splits.</summary>
    HeldOut,
}

/// <summary>How things are called: the words of Little World, about a hundred.</summary>
internal static class Wording
{
    private static readonly string[] _numbers = ["two", "three", "four", "five"];

    /// <summary>"a small red star", or "three small red stars" for a group; synonyms are drawn.</summary>
    public static string Of(Thing thing, DeterministicRandom random)
    {
        string noun = random.Pick(Nouns(thing.Shape));
        string adjectives = $"{random.Pick(Sizes(thing.Size))} {Of(thing.Colour)}";
        return thing.Count == 1
            ? $"a {adjectives} {noun}"
            : $"{_numbers[thing.Count - 2]} {adjectives} {Plural(noun)}";
    }

    /// <summary>"a girl in a red shirt". The mood is never worded.</summary>
    public static string Of(Figure figure, DeterministicRandom random) =>
        $"a {figure.Kind.ToString().ToLowerInvariant()} {(random.Chance(0.5) ? "in" : "wearing")} a {Of(figure.Shirt)} shirt";

    /// <summary>The colour's name.</summary>
    public static string Of(Colour colour) => colour.ToString().ToLowerInvariant();

    /// <summary>"to the left of", "above"…: what stands between two things.</summary>
    public static string Of(Relation relation, DeterministicRandom random) => random.Pick(relation switch
    {
        Relation.LeftOf => (string[])["left of", "to the left of"],
        Relation.RightOf => ["right of", "to the right of"],
        Relation.Above => ["above", "over"],
        Relation.Below => ["below", "under"],
        _ => ["inside", "in"],
    });

    /// <summary>"on the beach": where a scene is.</summary>
    public static string Of(Background background, DeterministicRandom random) => random.Pick(background switch
    {
        Background.Beach => (string[])["on the beach", "on a sandy beach"],
        Background.Meadow => ["in a meadow", "on the grass"],
        Background.Night => ["at night", "under the night sky"],
        Background.Snow => ["in the snow", "on a snowy day"],
        Background.Desert => ["in the desert", "on the dunes"],
        Background.Sea => ["at sea", "on the water"],
        Background.Mountains => ["in the mountains", "near the mountains"],
        _ => ["in the city", "in a city street"],
    });

    /// <summary>Another colour than the given one, for a slip of the tongue.</summary>
    public static string SlipFor(Colour colour, DeterministicRandom random)
    {
        Colour other;
        do
        {
            other = random.Pick(Enum.GetValues<Colour>());
        }
        while (other == colour);
        return Of(other);
    }

    private static string[] Nouns(Shape shape) => shape switch
    {
        Shape.Circle => ["circle", "ball"],
        Shape.Square => ["square", "box"],
        Shape.Cross => ["cross", "plus sign"],
        Shape.Moon => ["moon", "crescent"],
        Shape.Ring => ["ring"],
        Shape.House => ["house", "hut"],
        Shape.Boat => ["boat", "ship"],
        _ => [shape.ToString().ToLowerInvariant()],
    };

    private static string[] Sizes(Size size) => size == Size.Small ? ["small", "little", "tiny"] : ["big", "large", "huge"];

    private static string Plural(string noun) =>
        noun.EndsWith('x') || noun.EndsWith("ss", StringComparison.Ordinal) ? noun + "es" : noun + "s";
}
