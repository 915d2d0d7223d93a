namespace BrewClip.Data.LittleWorld;

/// <summary>Draws scenes at random, each at most once: no two scenes of one sampler can be described by the same words.</summary>
/// <param name="seed">Decides all draws.</param>
public sealed class SceneSampler(ulong seed)
{
    /// <summary>The part of the scenes that hold a figure.</summary>
    public const double FigureShare = 0.3;

    private const int AttemptsPerScene = 1000;
    private readonly DeterministicRandom _random = DeterministicRandom.For(seed, "scenes");
    private readonly HashSet<Scene> _taken = [];

    /// <summary>Draws a scene that no earlier call has returned, with a mood where it has a figure.</summary>
    /// <exception cref="InvalidOperationException">The world is used up: far more scenes were drawn than it has.</exception>
    public Scene Next()
    {
        for (int attempt = 0; attempt < AttemptsPerScene; attempt++)
        {
            var scene = Draw();
            if (_taken.Add(scene.WithoutMood()))
            {
                return scene;
            }
        }

        throw new InvalidOperationException(
            $"{_taken.Count} different scenes were drawn: Little World has no more to give. Ask for fewer images.");
    }

    private Scene Draw()
    {
        var background = _random.Pick(Enum.GetValues<Background>());
        if (_random.Chance(FigureShare))
        {
            var figure = new Figure(_random.Pick(Enum.GetValues<FigureKind>()), ShirtColour(), _random.Pick(Enum.GetValues<Mood>()));
            return new Scene(background, DrawThing(background, Size.Small), Figure: figure);
        }

        return _random.Next(4) switch
        {
            0 => new Scene(background, DrawThing(background, Size.Small) with { Count = 2 + _random.Next(4) }),
            1 => Nested(background),
            _ => Pair(background),
        };
    }

    private Scene Pair(Background background)
    {
        var relation = (Relation)_random.Next(4);
        var first = DrawThing(background, AnySize());
        return new Scene(background, first, relation, DrawOther(background, first, AnySize()));
    }

    private Scene Nested(Background background)
    {
        var outer = DrawThing(background, Size.Large) with
        {
            Shape = _random.Pick((Shape[])[Shape.Circle, Shape.Square, Shape.Heart, Shape.Diamond]),
        };
        return new Scene(background, DrawOther(background, outer, Size.Small), Relation.Inside, outer);
    }

    private Thing DrawOther(Background background, Thing first, Size size)
    {
        Thing other;
        do
        {
            other = DrawThing(background, size);
        }
        while (other.Colour == first.Colour || other.Shape == first.Shape);
        return other;
    }

    private Thing DrawThing(Background background, Size size)
    {
        Colour colour;
        do
        {
            colour = _random.Pick(Enum.GetValues<Colour>());
        }
        while (Hides(background, colour));
        return new Thing(_random.Pick(Enum.GetValues<Shape>()), colour, size);
    }

    private Size AnySize() => _random.Chance(0.5) ? Size.Small : Size.Large;

    private Colour ShirtColour() => _random.Pick((Colour[])[Colour.Red, Colour.Blue, Colour.Green, Colour.Yellow, Colour.Purple]);

    // A thing of its background's colour could not be seen.
    private static bool Hides(Background background, Colour colour) => (background, colour) is
        (Background.Beach, Colour.Yellow) or (Background.Meadow, Colour.Green) or (Background.Night, Colour.Black)
        or (Background.Snow, Colour.White) or (Background.Desert, Colour.Orange) or (Background.Sea, Colour.Blue)
        or (Background.Mountains, Colour.Brown) or (Background.City, Colour.Black);
}
