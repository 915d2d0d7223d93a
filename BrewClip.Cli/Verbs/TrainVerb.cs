using System.CommandLine;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Training.Logging;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip train RECIPE --data NAME=FOLDER…</c></summary>
internal static class TrainVerb
{
    private const string DefaultRuns = "runs", DefaultCaches = "caches";

    public static Command Create()
    {
        var recipe = new Argument<string>("recipe") { Description = "A recipe's file, or the name of one of those that come with this program." };
        var data = DataFolders.Option();
        var settings = Items.Option("--set", "key=value: sets a value of the recipe, such as training.steps=2000.");
        var resume = new Option<bool>("--resume") { Description = "Go on with the run that the folder holds." };
        var folder = new Option<string?>("--out") { Description = "The run's folder; runs/RECIPE where it is left out." };
        var cache = new Option<string?>("--cache") { Description = "Where the frozen networks' results are kept; 'caches' beside the run's folder where it is left out." };
        var minutes = new Option<double?>("--minutes") { Description = "Stop after so many minutes, checkpoint saved; --resume goes on." };
        var networks = new ModelOptions("", required: false);
        var train = new Command("train", "Trains a recipe's model, with checkpoints, logs and a resumable run.")
        {
            recipe, data, settings, resume, folder, cache, minutes,
        };
        networks.AddNetworksTo(train);
        train.SetAction(async (parsed, cancellation) =>
        {
            var plan = RecipeFile.Expect<RetrievalRecipe>(RecipeLibrary.Load(parsed.GetRequiredValue(recipe), parsed.GetValue(settings)));
            string run = parsed.GetValue(folder) ?? Path.Combine(DefaultRuns, plan.Name);
            var options = new RecipeTrainerOptions
            {
                Folder = run,
                Cache = parsed.GetValue(cache) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(run))!, DefaultCaches),
                Resume = parsed.GetValue(resume),
                Networks = networks.Read(parsed),
                DownloadProgress = new DownloadProgress(),
                Progress = new DirectProgress<string>(Output.Message),
            };
            var folders = new DataFolders(parsed.GetValue(data) ?? []);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(minutes) is double value)
            {
                limit.CancelAfter(TimeSpan.FromMinutes(value));
            }

            return await TrainAsync(plan, options, folders, limit.Token, cancellation).ConfigureAwait(false);
        });
        return train;
    }

    /// <summary>What a training tells, and where: standard error, a JSON-lines log and TensorBoard files in the run's folder.</summary>
    public static IReadOnlyList<ITrainingObserver> Observers(string run) =>
        [new ConsoleProgress(Console.Error), new JsonLinesLog(Path.Combine(run, "train.jsonl")), new TensorBoardLog(run)];

    private static async Task<int> TrainAsync(
        RetrievalRecipe plan, RecipeTrainerOptions options, DataFolders folders, CancellationToken limit, CancellationToken interruption)
    {
        if (plan.TrainOn is null)
        {
            throw new UsageException(plan.TrainedBy is { } other
                ? $"The recipe '{plan.Name}' trains nothing: it tests the model of '{other}'. Train that one, then 'brewclip evaluate {plan.Name} --model FOLDER'."
                : $"The recipe '{plan.Name}' trains nothing: 'brewclip evaluate {plan.Name}' tests its model as it is.");
        }

        var observers = Observers(options.Folder);
        try
        {
            var result = await new RecipeTrainer(plan, options, observers).RunAsync(folders.Open(plan.TrainOn, plan.Name), limit).ConfigureAwait(false);
            LeftOut.Say(result.LeftOut, Path.Combine(options.Folder, "run.json"));
            Output.Line(Path.GetFullPath(result.ModelFolder));
            if (result.Outcome.Reason == StopReason.Cancelled)
            {
                Output.Message("Stopped and saved: the same command with --resume goes on.");
            }

            return result.Outcome.Reason == StopReason.Cancelled && interruption.IsCancellationRequested ? ExitCode.Failed : ExitCode.Done;
        }
        finally
        {
            foreach (var observer in observers.OfType<IDisposable>())
            {
                observer.Dispose();
            }
        }
    }
}
