using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip evaluate RECIPE --data DIR</c></summary>
internal static class EvaluateVerb
{
    public static Command Create()
    {
        var recipe = new Argument<string>("recipe") { Description = "A recipe's file, such as recipes/table1-flickr8k-zero-shot.json." };
        var data = new Option<string>("--data") { Description = "A folder with a folder for each data set, named as `brewclip data` names them.", Required = true };
        var model = new Option<string?>("--model") { Description = "The checkpoint folder to test; a zero-shot recipe composes its own." };
        var settings = new Option<string[]>("--set") { Description = "key=value: sets a value of the recipe, such as model.whisper=openai/whisper-tiny.en." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV instead of Markdown." };
        var evaluate = new Command("evaluate", "Tests a model on retrieval as a recipe says, beside the paper's figures.") { recipe, data, model, settings, json, csv };
        evaluate.SetAction(async (parsed, cancellation) =>
        {
            var plan = RecipeFile.Load(parsed.GetRequiredValue(recipe), parsed.GetValue(settings));
            string root = parsed.GetRequiredValue(data);
            using var loaded = await LoadAsync(plan, parsed.GetValue(model), cancellation).ConfigureAwait(false);
            var bar = new ProgressBar("utterances");
            var results = RecipeEvaluation.Run(
                plan, loaded, name => SpeechDatasets.Open(name, Path.Combine(root, name)),
                new DirectProgress<BrewClipProgress>(step => bar.Report(step.Done, step.Total)), cancellation);
            foreach (string skipped in results.SelectMany(result => result.Result.Skipped))
            {
                Output.Message($"left out {skipped}");
            }

            var table = RecipeEvaluation.ToTable(plan, results);
            Output.Line(parsed.GetValue(json) ? table.ToJson() : parsed.GetValue(csv) ? table.ToCsv() : table.ToMarkdown());
            return ExitCode.Done;
        });
        return evaluate;
    }

    private static Task<BrewClipModel> LoadAsync(Recipe plan, string? folder, CancellationToken cancellation) => (folder, plan.Model.Variant) switch
    {
        (string checkpoint, _) => BrewClipModel.LoadAsync(checkpoint, null, cancellation),
        (null, BrewClipVariant.PipelineZeroShot) => BrewClipModel.ComposeAsync(plan.Model.Whisper, plan.Model.Clip, null, cancellation),
        _ => throw new UsageException($"The recipe '{plan.Name}' tests a trained model: give its folder with --model."),
    };
}
