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
        var recipe =
            new Argument<string>("recipe") { Description = "A recipe's file, or the name of one of those that come with this program." };
        var data = DataFolders.Option();
        var recordings = Items.Option(
            "--recordings", "For whisper-nano: shuffled corpora of 'littleworld generate', which it listens to besides.");
        var settings = Items.Option("--set", "key=value: sets a value of the recipe, such as training.steps=2000.");
        var resume = new Option<bool>("--resume") { Description = "Go on with the run that the folder holds." };
        var folder = new Option<string?>("--out") { Description = "The run's folder; runs/RECIPE where it is left out." };
        var cache = new Option<string?>("--cache")
        {
            Description = "Where the frozen networks' results are kept; 'caches' beside the run's folder where it is left out, within it for "
                + "Little World's recipes.",
        };
        var minutes = TimeLimit.Option("Stop after so many minutes, checkpoint saved; --resume goes on.");
        var networks = new ModelOptions("", required: false);
        var train = new Command("train", "Trains a recipe's model, with checkpoints, logs and a resumable run.")
        {
            recipe, data, recordings, settings, resume, folder, cache, minutes,
        };
        networks.AddNetworksTo(train);
        train.SetAction(async (parsed, cancellation) =>
        {
            var plan = RecipeLibrary.Load(parsed.GetRequiredValue(recipe), parsed.GetValue(settings));
            string? stage = LittleWorldRecipes.StageOf(plan);
            if (stage is null ? parsed.GetValue(recordings) is { Length: > 0 } : networks.AreGiven(parsed))
            {
                throw new UsageException(stage is null
                    ? $"--recordings are for whisper-nano: the recipe '{plan.Name}' listens to none."
                    : $"The recipe '{plan.Name}' is trained in float32 on the CPU: leave --precision and --device out.");
            }

            string run = parsed.GetValue(folder) ?? Path.Combine(DefaultRuns, stage is null ? plan.Name : RetrievalRecipe.LittleWorld);
            var options = new RecipeTrainerOptions
            {
                Folder = stage is null ? run : Path.Combine(run, stage),
                Cache = parsed.GetValue(cache) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(run))!, DefaultCaches),
                Resume = parsed.GetValue(resume),
                Networks = networks.Read(parsed),
                DownloadProgress = new DownloadProgress(),
                Progress = new DirectProgress<string>(Output.Message),
            };
            var folders = new DataFolders(parsed.GetValue(data) ?? []);
            using var limit = new TimeLimit(parsed.GetValue(minutes), cancellation);
            var observers = Observers(options.Folder);
            try
            {
                var reason = stage is null
                    ? await TrainAsync(Trained(plan), options, folders, observers, limit.Token).ConfigureAwait(false)
                    : TrainStage(
                        plan, run, parsed.GetValue(cache), options, folders, parsed.GetValue(recordings) ?? [], observers, limit.Token);
                return reason == StopReason.Cancelled && !limit.IsUp ? ExitCode.Failed : ExitCode.Done;
            }
            catch (OperationCanceledException) when (limit.IsUp)
            {
                Output.Message("The time is up before the first step: the same command goes on.");
                return ExitCode.Done;
            }
            finally
            {
                foreach (var observer in observers.OfType<IDisposable>())
                {
                    observer.Dispose();
                }
            }
        });
        return train;
    }

    /// <summary>What a training tells, and where: standard error, a JSON-lines log and TensorBoard files in the run's folder.</summary>
    public static IReadOnlyList<ITrainingObserver> Observers(string run) =>
        [new ConsoleProgress(Console.Error), new JsonLinesLog(Path.Combine(run, "train.jsonl")), new TensorBoardLog(run)];

    private static RetrievalRecipe Trained(Recipe recipe) => recipe switch
    {
        RetrievalRecipe { TrainOn: not null } plan => plan,
        RetrievalRecipe { TrainedBy: { } other } plan => throw new UsageException(
            $"The recipe '{plan.Name}' trains nothing: it tests the model of '{other}'. "
            + $"Train that one, then 'brewclip evaluate {plan.Name} --model FOLDER'."),
        RetrievalRecipe plan => throw new UsageException(
            $"The recipe '{plan.Name}' trains nothing: 'brewclip evaluate {plan.Name}' tests its model as it is."),
        ProbeRecipe probe => throw new UsageException(
            $"The recipe '{probe.Name}' probes the model of '{probe.TrainedBy}': 'brewclip evaluate {probe.Name} --model FOLDER' does it."),
        _ => RecipeFile.Expect<RetrievalRecipe>(recipe),
    };

    private static async Task<StopReason> TrainAsync(
        RetrievalRecipe plan, RecipeTrainerOptions options, DataFolders folders, IReadOnlyList<ITrainingObserver> observers,
        CancellationToken limit)
    {
        var dataset = folders.Open(plan.TrainOn!, plan.Name);
        var result = await new RecipeTrainer(plan, options, observers).RunAsync(dataset, limit).ConfigureAwait(false);
        LeftOut.Say(result.LeftOut, Path.Combine(options.Folder, "run.json"));
        return Ended(result.Outcome.Reason, result.ModelFolder);
    }

    private static StopReason TrainStage(
        Recipe plan, string run, string? cache, RecipeTrainerOptions options, DataFolders folders, IReadOnlyList<string> recordings,
        IReadOnlyList<ITrainingObserver> observers, CancellationToken limit)
    {
        if (!options.Resume && RecipeRun.IsIn(options.Folder))
        {
            throw new IOException($"'{options.Folder}' holds a run already: go on with it (--resume), or train in another folder (--out).");
        }

        var outcome = LittleWorldRecipes.Train(plan, run, cache, folders, recordings, observers, limit);
        return Ended(outcome.Reason, RecipeRun.ModelIn(options.Folder));
    }

    private static StopReason Ended(StopReason reason, string model)
    {
        Output.Line(Path.GetFullPath(model));
        if (reason == StopReason.Cancelled)
        {
            Output.Message("Stopped and saved: the same command with --resume goes on.");
        }

        return reason;
    }
}
