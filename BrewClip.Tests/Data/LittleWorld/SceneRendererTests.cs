using BrewClip.Data.LittleWorld;

namespace BrewClip.Tests.Data.LittleWorld;

public sealed class SceneRendererTests
{
    private static readonly Scene _figure = new(
        Background.Beach, new Thing(Shape.Star, Colour.Red, Size.Small), Figure: new Figure(FigureKind.Girl, Colour.Blue, Mood.Happy));

    [Fact]
    public void One_seed_paints_one_picture_and_another_seed_another()
    {
        Assert.Equal(SceneRenderer.Render(_figure, 1).Pixels.ToArray(), SceneRenderer.Render(_figure, 1).Pixels.ToArray());
        Assert.NotEqual(SceneRenderer.Render(_figure, 1).Pixels.ToArray(), SceneRenderer.Render(_figure, 2).Pixels.ToArray());
    }

    [Fact]
    public void A_mood_changes_the_face_and_nothing_else()
    {
        var happy = SceneRenderer.Render(_figure, 1, 64);
        var sad = SceneRenderer.Render(_figure with { Figure = _figure.Figure! with { Mood = Mood.Sad } }, 1, 64);
        int changed = 0;
        for (int i = 0; i < happy.Pixels.Length; i += 3)
        {
            changed += happy.Pixels.Slice(i, 3).SequenceEqual(sad.Pixels.Slice(i, 3)) ? 0 : 1;
        }

        Assert.InRange(changed, 20, 64 * 64 / 8);
    }

    [Theory]
    [InlineData(Relation.LeftOf, true, true)]
    [InlineData(Relation.RightOf, true, false)]
    [InlineData(Relation.Above, false, true)]
    [InlineData(Relation.Below, false, false)]
    public void The_first_thing_stands_where_the_relation_says(Relation relation, bool horizontal, bool firstIsLess)
    {
        var scene = new Scene(
            Background.Night, new Thing(Shape.Circle, Colour.Red, Size.Large), relation, new Thing(Shape.Square, Colour.Green, Size.Large));
        var (red, green) = Centres(scene, horizontal);
        Assert.Equal(firstIsLess, red < green);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_group_covers_as_much_more_as_it_has_members(int count)
    {
        int Area(int members) => RedPixels(new Scene(Background.Night, new Thing(Shape.Circle, Colour.Red, Size.Small, members)));
        Assert.InRange(Area(count) / (double)Area(1), count * 0.9, count * 1.1);
    }

    [Fact]
    public void Every_shape_in_every_colour_can_be_seen()
    {
        foreach (var shape in Enum.GetValues<Shape>())
        {
            Assert.True(RedPixels(new Scene(Background.Night, new Thing(shape, Colour.Red, Size.Small))) > 40, $"{shape} is hardly there.");
        }
    }

    private static int RedPixels(Scene scene)
    {
        var image = SceneRenderer.Render(scene, 1);
        int red = 0;
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            red += image.Pixels[i] > 180 && image.Pixels[i + 1] < 90 && image.Pixels[i + 2] < 90 ? 1 : 0;
        }

        return red;
    }

    private static (double Red, double Green) Centres(Scene scene, bool horizontal)
    {
        var image = SceneRenderer.Render(scene, 1);
        double red = 0, redCount = 0, green = 0, greenCount = 0;
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            var pixel = image.Pixels.Slice(3 * i, 3);
            double position = horizontal ? i % image.Width : i / image.Width;
            (red, redCount) = pixel[0] > 180 && pixel[1] < 90 && pixel[2] < 90 ? (red + position, redCount + 1) : (red, redCount);
            (green, greenCount) = pixel[1] > 120 && pixel[0] < 90 && pixel[2] < 90
                ? (green + position, greenCount + 1)
                : (green, greenCount);
        }

        return (red / redCount, green / greenCount);
    }
}
