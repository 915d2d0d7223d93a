using BrewClip.Models.Brew;
using BrewClip.Tests.Support;
using BrewClip.Training.Evaluation;
using BrewClip.Training.Recipes;

namespace BrewClip.Tests.Training.Recipes;

public sealed class RecipeFileTests
{
    private const string Small = """
        {
          "name": "small", // a comment
          "model": { "whisper": "w", "clip": "c", "variant": "full" },
          "train_on": "flickr8k",
          "training": { "steps": 5000, },
          "test_on": ["flickr8k"]
        }
        """;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(TestFiles.Repository, "recipes"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recipe_is_read_is_named_as_its_file_and_has_the_papers_figures(string file)
    {
        string path = Path.Combine(TestFiles.Repository, "recipes", file);
        var recipe = RecipeFile.Load(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), recipe.Name);
        Assert.All(recipe.Method is null ? [] : recipe.TestOn, dataset => Assert.NotNull(PaperFigures.Find(recipe.Method!, dataset)));
        Assert.True(recipe.TrainedBy is null || File.Exists(Path.Combine(TestFiles.Repository, "recipes", recipe.TrainedBy + ".json")));
        Assert.All(File.ReadLines(path).Where(line => line.Contains("\":", StringComparison.Ordinal) && !line.EndsWith('{')), line => Assert.Contains("// ", line, StringComparison.Ordinal));
        Assert.Equal(recipe.Training, RecipeFile.Parse(RecipeFile.Write(recipe)).Training);
    }

    [Fact]
    public void What_is_not_said_is_the_papers_and_settings_change_it()
    {
        var recipe = RecipeFile.Parse(Small, settings: ["training.batch_size=8", "model.variant=acoustic_only", "training.peak_rate=3e-4", "name=mine"]);
        Assert.Equal((8, 3e-4, 5000, 0.1), (recipe.Training!.BatchSize, recipe.Training.PeakRate, recipe.Training.WarmupSteps, recipe.Training.Alpha));
        Assert.Equal(BrewClipVariant.AcousticOnly, recipe.Model.ToConfig().Variant);
        Assert.Equal("mine", recipe.Name);
        Assert.Equal(4, recipe.Model.PromptLength);
    }

    [Theory]
    [InlineData("training.bach_size=8", "bach_size")]
    [InlineData("training.batch_size=many", "batch_size")]
    [InlineData("training.batch_size=1", "batch_size 1")]
    [InlineData("training.steps=10", "warm-up")]
    [InlineData("model.variant=half", "variant")]
    [InlineData("model.variant=3", "variant")]
    [InlineData("model.acoustic_dropout=2", "acoustic_dropout")]
    [InlineData("optimizer.kind=adam", "optimizer")]
    [InlineData("test_on=[\"imagenet\"]", "imagenet")]
    [InlineData("test_on=[]", "test_on")]
    [InlineData("training=null", "training")]
    [InlineData("table=9", "table")]
    [InlineData("steps", "key=value")]
    public void A_setting_that_is_wrong_is_refused_and_named(string setting, string named) => Assert.Contains(
        named, Assert.Throws<InvalidDataException>(() => RecipeFile.Parse(Small, settings: [setting])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{ \"name\": \"a\" }")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\" }")]
    public void What_is_no_recipe_is_refused(string json) => Assert.Throws<InvalidDataException>(() => RecipeFile.Parse(json));
}
