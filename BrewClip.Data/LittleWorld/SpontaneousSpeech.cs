namespace BrewClip.Data.LittleWorld;

/// <summary>Describes scenes as a person does who looks and talks: piecewise, with fillers, slips that are repaired, and pauses.</summary>
internal static class SpontaneousSpeech
{
    private const double FillerChance = 0.45;
    private const double SlipChance = 0.3;
    private static readonly string[] _fillers = ["um", "uh", "er", "you know"];
    private static readonly string[] _repairs = ["no wait", "i mean", "sorry"];

    /// <summary>One description in the forms of the family.</summary>
    public static SpokenCaption Describe(Scene scene, WordingFamily family, DeterministicRandom random)
    {
        var said = new List<(string Text, string Spoken)>();
        foreach (string piece in Pieces(scene, family, random))
        {
            said.Add((piece, Hesitate(piece, scene.First.Colour, random)));
        }

        return new SpokenCaption(
            string.Join(' ', said.Select(piece => piece.Text)),
            string.Join(", ", said.Select(piece => piece.Spoken)));
    }

    private static string[] Pieces(Scene scene, WordingFamily family, DeterministicRandom random)
    {
        string place = Wording.Of(scene.Background, random);
        string things = Wording.Of(scene.First, random);
        string rest = Rest(scene, random);
        return (family, random.Next(2)) switch
        {
            (WordingFamily.Training, 0) => ["in this picture", $"i can see {things}", rest, $"and all of this is {place}"],
            (WordingFamily.Training, _) => ["okay so", $"here there is {things}", rest, $"and it looks like this is {place}"],
            (_, 0) => ["so", $"this is {place}", $"and here i can see {things}", rest],
            _ => ["okay", $"it looks like {things}", rest, $"and this picture is {place}"],
        };
    }

    private static string Rest(Scene scene, DeterministicRandom random)
    {
        if (scene.Figure is not null)
        {
            return $"and next to it is {Wording.Of(scene.Figure, random)}";
        }

        return scene is { Relation: Relation relation, Second: Thing second }
            ? $"and it is {Wording.Of(relation, random)} {Wording.Of(second, random)}"
            : $"and they are all {Wording.Of(scene.First.Colour)}";
    }

    private static string Hesitate(string piece, Colour colour, DeterministicRandom random)
    {
        string spoken = piece;
        string word = Wording.Of(colour);
        if (random.Chance(SlipChance) && piece.Contains($" {word} ", StringComparison.Ordinal))
        {
            spoken = spoken.Replace(
                $" {word} ", $" {Wording.SlipFor(colour, random)}, {random.Pick(_repairs)}, {word} ", StringComparison.Ordinal);
        }

        return random.Chance(FillerChance) ? $"{random.Pick(_fillers)}, {spoken}" : spoken;
    }
}
