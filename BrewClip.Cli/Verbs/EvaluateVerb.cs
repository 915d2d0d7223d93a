using System.CommandLine;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip evaluate RECIPE --data NAME=FOLDER…</c></summary>
internal static class EvaluateVerb
{
    public static Command Create()
    {
        var recipe =
            new Argument<string>("recipe") { Description = "A recipe's file, or the name of one of those that come with this program." };
        var data = DataFolders.Option();
        var model =
            new Option<string?>("--model") { Description = "The checkpoint or run folder to test; a zero-shot recipe composes its own." };
        var settings = Items.Option("--set", "key=value: sets a value of the recipe, such as model.whisper=openai/whisper-tiny.en.");
        var cache =
            new Option<string?>("--cache") { Description = "For emotions: a folder in which Whisper's frames are kept for the next run." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV instead of Markdown; not for emotions." };
        var networks = new ModelOptions("", required: false);
        var evaluate = new Command(
            "evaluate", "Tests a model as a recipe says, beside the paper's figures.") { recipe, data, model, settings, cache, json, csv };
        networks.AddNetworksTo(evaluate);
        evaluate.SetAction(async (parsed, cancellation) =>
        {
            var plan = RecipeLibrary.Load(parsed.GetRequiredValue(recipe), parsed.GetValue(settings));
            if (plan is ProbeRecipe && parsed.GetValue(csv))
            {
                throw new UsageException(
                    $"The recipe '{plan.Name}' asks for emotions, whose result is no table of rows: leave --csv out, or use --json.");
            }

            var folders = new DataFolders(parsed.GetValue(data) ?? []);
            var names = plan is ProbeRecipe { TestOn: var emotions } ? [emotions] : RecipeFile.Expect<RetrievalRecipe>(plan).TestOn;
            foreach (string name in names)
            {
                // Before gigabytes are read.
                folders.Open(name, plan.Name);
            }

            var options = new BrewClipLoadOptions { Networks = networks.Read(parsed), DownloadProgress = new DownloadProgress() };
            using var loaded = await LoadAsync(plan, parsed.GetValue(model), options, cancellation).ConfigureAwait(false);
            if (plan is ProbeRecipe probe)
            {
                var dataset = (RavdessDataset)folders.Open(probe.TestOn, probe.Name);
                ProbeVerb.Print(
                    RecipeProbe.Run(probe, loaded, dataset, parsed.GetValue(cache), ProbeVerb.Progress(), cancellation),
                    parsed.GetValue(json));
            }
            else
            {
                Retrieve(
                    RecipeFile.Expect<RetrievalRecipe>(plan), loaded, folders, parsed.GetValue(json), parsed.GetValue(csv), cancellation);
            }

            return ExitCode.Done;
        });
        return evaluate;
    }

    private static void Retrieve(
        RetrievalRecipe plan, BrewClipModel model, DataFolders folders, bool json, bool csv, CancellationToken cancellation)
    {
        var bar = new ProgressBar("utterances");
        var results = RecipeEvaluation.Run(
            plan, model, name => folders.Open(name, plan.Name),
            new DirectProgress<BrewClipProgress>(step => bar.Report(step.Done, step.Total)), cancellation);
        LeftOut.Say([.. results.SelectMany(result => result.Result.Skipped)]);
        var table = RecipeEvaluation.ToTable(plan, results);
        Output.Line(json ? table.ToJson() : csv ? table.ToCsv() : table.ToMarkdown());
    }

    private static Task<BrewClipModel> LoadAsync(
        Recipe plan, string? folder, BrewClipLoadOptions options, CancellationToken cancellation) =>
        (folder, plan) switch
        {
            (string checkpoint, _) =>
                BrewClipModel.LoadAsync(Directory.Exists(checkpoint) ? RecipeRun.ModelIn(checkpoint) : checkpoint, options, cancellation),
            (null, RetrievalRecipe { Model: { Variant: BrewClipVariant.PipelineZeroShot } model }) =>
                BrewClipModel.ComposeAsync(model.Whisper, model.Clip, options, cancellation),
            _ => throw new UsageException($"The recipe '{plan.Name}' tests a trained model: give its folder with --model."),
        };
}
