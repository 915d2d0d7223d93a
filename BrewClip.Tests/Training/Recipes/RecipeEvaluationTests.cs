using BrewClip.Data.Flickr8k;
using BrewClip.Models.Brew;
using BrewClip.Tests.Data.Flickr8k;
using BrewClip.Tests.Support;
using BrewClip.Training.Recipes;

namespace BrewClip.Tests.Training.Recipes;

public sealed class RecipeEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RecipeEvaluationTests() => TinyFlickr8k.Create(_folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("table1-flickr8k-zero-shot", BrewClipVariant.PipelineZeroShot)]
    [InlineData("table1-flickr8k-prompted", BrewClipVariant.PipelinePrompted)]
    [InlineData("table1-flickr8k-full", BrewClipVariant.Full)]
    public void Recipes_of_every_variant_are_tested_in_the_true_layout_and_broken_files_are_left_out_by_name(
        string name, BrewClipVariant variant)
    {
        File.WriteAllText(_folder["flickr_audio", "wavs", "40_d_3.wav"], "no sound");
        FormulaCheckpoint.Write(_folder["model"], variant);
        using var model = BrewClipModel.Load(_folder["model"]);
        var recipe = RecipeFile.Load<RetrievalRecipe>(
            Path.Combine(TestFiles.Repository, "recipes", name + ".json"), ["model.acoustic_feed_forward=64"]);
        var results = RecipeEvaluation.Run(recipe, model, _ => new Flickr8kDataset(_folder.Path));
        var result = Assert.Single(results).Result;
        Assert.Equal((4, 1), (result.Utterances, result.Images));
        Assert.Equal(1, result.Recalls[0].SpeechToImage.Mean);
        Assert.StartsWith("40_d_3", Assert.Single(result.Skipped), StringComparison.Ordinal);
        Assert.Contains("flickr8k | 100.0 (", RecipeEvaluation.ToTable(recipe, results).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ground_truth_reads_the_captions_and_needs_no_word_errors()
    {
        FormulaCheckpoint.Write(_folder["model"], BrewClipVariant.PipelineZeroShot);
        using var model = BrewClipModel.Load(_folder["model"]);
        var recipe = RecipeFile.Load<RetrievalRecipe>(
            Path.Combine(TestFiles.Repository, "recipes", "table1-flickr8k-zero-shot.json"), ["text=ground_truth", "test_split=train"]);
        var result = Assert.Single(RecipeEvaluation.Run(recipe, model, _ => new Flickr8kDataset(_folder.Path)));
        Assert.Null(result.Transcription);
        Assert.Equal((10, 2), (result.Result.Utterances, result.Result.Images));
    }

    [Fact]
    public void An_image_whose_every_recording_is_broken_is_left_out_and_is_no_query_that_missed()
    {
        for (int i = 0; i < 5; i++)
        {
            File.WriteAllText(_folder["flickr_audio", "wavs", $"10_a_{i}.wav"], "no sound");
        }

        FormulaCheckpoint.Write(_folder["model"], BrewClipVariant.PipelineZeroShot);
        using var model = BrewClipModel.Load(_folder["model"]);
        var recipe = RecipeFile.Load<RetrievalRecipe>(
            Path.Combine(TestFiles.Repository, "recipes", "table1-flickr8k-zero-shot.json"), ["test_split=train"]);
        var result = Assert.Single(RecipeEvaluation.Run(recipe, model, _ => new Flickr8kDataset(_folder.Path))).Result;
        Assert.Equal((5, 1, 5), (result.Utterances, result.Images, result.Skipped.Count));
        Assert.Equal(1, result.Recalls[^1].ImageToSpeech.Mean);
    }

    [Fact]
    public void A_model_of_another_variant_is_refused()
    {
        FormulaCheckpoint.Write(_folder["model"], BrewClipVariant.Full);
        using var model = BrewClipModel.Load(_folder["model"]);
        var recipe = RecipeFile.Load<RetrievalRecipe>(Path.Combine(TestFiles.Repository, "recipes", "table1-flickr8k-prompted.json"));
        var error = Assert.Throws<InvalidDataException>(() => RecipeEvaluation.Run(recipe, model, _ => new Flickr8kDataset(_folder.Path)));
        Assert.Contains("another model: variant is Full there", error.Message, StringComparison.Ordinal);
        recipe = RecipeFile.Load<RetrievalRecipe>(
            Path.Combine(TestFiles.Repository, "recipes", "table1-flickr8k-full.json"), ["model.prompt_length=2"]);
        error = Assert.Throws<InvalidDataException>(() => RecipeEvaluation.Run(recipe, model, _ => new Flickr8kDataset(_folder.Path)));
        Assert.Contains(
            "prompt_length is 4 there and 2 in the recipe, acoustic_feed_forward is 64 there", error.Message, StringComparison.Ordinal);
    }
}
