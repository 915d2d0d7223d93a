using BrewClip.Training.LittleWorld;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

[Collection(RandomStateCollection.Name)]
public sealed class ExperimentSettingsTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Fact]
    public void A_folder_whose_trainings_followed_other_values_of_the_recipe_is_refused()
    {
        var (options, path) = Claimed("other values");
        string[] lines = File.ReadAllLines(path);
        int recipe = Array.FindIndex(lines, line => line.StartsWith("recipe brewclip-nano ", StringComparison.Ordinal));
        string now = lines[recipe];
        lines[recipe] = "recipe brewclip-nano 0123456789abcdef";
        File.WriteAllLines(path, lines);
        var error = Assert.Throws<ArgumentException>(() => Claim(options));
        Assert.Contains($"'{path}' says '{lines[recipe]}', and this one would be '{now}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("--out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_folder_does_not_say_contradicts_nothing_and_what_it_says_stays_as_it_is()
    {
        var (options, path) = Claimed("older");
        string[] older = [.. File.ReadAllLines(path).Where(line => !line.StartsWith("recipe", StringComparison.Ordinal)), "later more"];
        File.WriteAllLines(path, older);
        Claim(options);
        Assert.Equal(older, File.ReadAllLines(path));
        Assert.Contains("7 steps", Assert.Throws<ArgumentException>(() => Claim(options with { Steps = 7 })).Message);
    }

    [Fact]
    public void Each_setting_that_differs_is_named_with_what_the_folder_says()
    {
        var (options, _) = Claimed("each");
        (ExperimentOptions Other, string Says)[] differences =
        [
            (options with { Steps = options.Steps + 1 }, $"{options.Steps} steps'"),
            (options with { TestCaptions = 1 + options.TestCaptions % 5 }, $"{options.TestCaptions} captions'"),
            (options with { Noise = [3.5] }, "'noise 3.5'"),
            (options with { TestOn = [new("scripted", toy["spontaneous"])] }, "says 'test scripted "),
        ];
        foreach (var (other, says) in differences)
        {
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => Claim(other)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_recipes_hash_follows_its_values_and_not_what_an_experiment_sets_itself()
    {
        var recipe = NanoModels.BrewRecipe;
        string hash = ExperimentSettings.Describe(recipe);
        var training = recipe.Training!;
        Assert.Equal(hash, ExperimentSettings.Describe(recipe with { Training = training with { Steps = 3, Seed = 9, ReportEvery = 7 } }));
        Assert.NotEqual(hash, ExperimentSettings.Describe(recipe with { Training = training with { PeakRate = 2 * training.PeakRate } }));
        Assert.NotEqual(hash, ExperimentSettings.Describe(recipe with { Model = recipe.Model with { PromptLength = 2 } }));
    }

    private (ExperimentOptions Options, string Path) Claimed(string name)
    {
        var options = toy.Options(name);
        Directory.CreateDirectory(options.Folder);
        Claim(options);
        return (options, Path.Combine(options.Folder, "settings.txt"));
    }

    private static void Claim(ExperimentOptions options)
    {
        using var towers = ExperimentTowers.Load(options.Models, CancellationToken.None);
        ExperimentSettings.Claim(options, towers);
    }
}
