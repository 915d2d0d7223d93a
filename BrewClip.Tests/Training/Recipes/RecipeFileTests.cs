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

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(TestFiles.Repository, "recipes"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recipe_is_read_is_named_as_its_file_and_says_where_its_values_come_from(string file)
    {
        string path = Path.Combine(TestFiles.Repository, "recipes", file);
        var recipe = RecipeFile.Load(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), recipe.Name);
        string? trainedBy = recipe is ProbeRecipe probe ? probe.TrainedBy : (recipe as RetrievalRecipe)?.TrainedBy;
        Assert.True(trainedBy is null || File.Exists(Path.Combine(TestFiles.Repository, "recipes", trainedBy + ".json")));
        Assert.All(
            File.ReadLines(path).Where(line => line.Contains("\":", StringComparison.Ordinal) && !line.EndsWith('{')),
            line => Assert.Contains("// ", line, StringComparison.Ordinal));
        Assert.Equal(RecipeFile.Write(recipe), RecipeFile.Write(RecipeFile.Parse(RecipeFile.Write(recipe))));
        Assert.Equal(RecipeFile.Write(recipe), RecipeFile.Write(RecipeLibrary.Load(recipe.Name)));
    }

    [Fact]
    public void Every_retrieval_recipe_with_a_method_has_the_papers_figures_and_every_probe_a_row_of_Table_3()
    {
        var recipes = RecipeLibrary.Names.Select(name => RecipeLibrary.Load(name)).ToList();
        Assert.All(
            recipes.OfType<RetrievalRecipe>().Where(recipe => recipe.Method is not null)
                .SelectMany(recipe => recipe.TestOn, (recipe, dataset) => (recipe.Method, dataset)),
            row => Assert.NotNull(PaperFigures.Find(row.Method!, row.dataset)));
        Assert.Equal(
            PaperFigures.Table3.Select(row => (row.Method, row.Setting)).Order(),
            recipes.OfType<ProbeRecipe>().Select(recipe => (recipe.Method!, recipe.PaperSetting)).Order());
    }

    [Fact]
    public void What_is_not_said_is_the_papers_and_settings_change_it()
    {
        var recipe = (RetrievalRecipe)RecipeFile.Parse(
            Small, settings: ["training.batch_size=8", "model.variant=acoustic_only", "training.peak_rate=3e-4", "name=mine"]);
        Assert.Equal(
            (8, 3e-4, 5000, 0.1),
            (recipe.Training!.BatchSize, recipe.Training.PeakRate, recipe.Training.WarmupSteps, recipe.Training.Alpha));
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
    [InlineData("kind=emotion_probe", "no 'kind'")]
    [InlineData("name=a/b", "a/b")]
    [InlineData("model.variant=pipeline_zero_shot", "nothing to train")]
    [InlineData("training.patience=0", "patience")]
    [InlineData("training.alpha=1e7", "alpha")]
    [InlineData("training.weight_decay=1e999", "weight_decay")]
    [InlineData("training.captions_per_image=0", "captions_per_image")]
    [InlineData("training.optimizer=sgd", "optimizer")]
    [InlineData("training.steps.of=3", "training.steps")]
    public void A_setting_that_is_wrong_is_refused_and_named(string setting, string named) => Assert.Contains(
        named, Assert.Throws<InvalidDataException>(() => RecipeFile.Parse(Small, settings: [setting])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{ \"name\": \"a\" }")]
    [InlineData("{ \"kind\": \"cooking\", \"name\": \"a\" }")]
    [InlineData("{ \"kind\": 3, \"name\": \"a\" }")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\" }")]
    public void What_is_no_recipe_is_refused(string json) => Assert.Throws<InvalidDataException>(() => RecipeFile.Parse(json));

    [Fact]
    public void A_recipe_is_found_by_its_file_or_its_name_and_an_unknown_one_is_answered_with_the_names()
    {
        Assert.Equal("table1-flickr8k-full", RecipeLibrary.Load("recipes/table1-flickr8k-full.json").Name);
        var error = Assert.Throws<FileNotFoundException>(() => RecipeLibrary.Load("table9"));
        Assert.Contains("table3-linear", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "kind 'emotion_probe'",
            Assert.Throws<InvalidDataException>(() => RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load("table3-linear"))).Message,
            StringComparison.Ordinal);
    }
}
