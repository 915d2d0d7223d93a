using BrewClip.Cli.Demo;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Tests.Cli.Demo;

public sealed class PixelFontTests
{
    [Fact]
    public void Every_letter_that_Little_World_says_has_a_shape_of_its_own()
    {
        var letters = CorpusPlan.Make(new LittleWorldOptions { Images = 60 }).SelectMany(image => image.Captions)
            .SelectMany(caption => caption.Text).Append('?').Distinct().ToList();
        var shapes = letters.Select(letter => string.Concat(Enumerable.Range(0, PixelFont.Width * PixelFont.Height)
            .Select(i => PixelFont.IsInked(letter, i / PixelFont.Width, i % PixelFont.Width) ? '#' : '.'))).ToList();
        Assert.True(letters.Count > 20);
        Assert.Equal(shapes.Count, shapes.Distinct().Count());
    }

    [Fact]
    public void Lines_break_between_words_and_a_word_too_long_is_cut() =>
        Assert.Equal(["a small", "red star", "extraord"], PixelFont.Wrap("a small red star extraordinarily", 8));

    [Fact]
    public void No_text_is_one_empty_line() => Assert.Equal([""], PixelFont.Wrap("", 8));
}
