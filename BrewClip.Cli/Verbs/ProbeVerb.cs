using System.CommandLine;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Training.Probes;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip probe ravdess</c></summary>
internal static class ProbeVerb
{
    public static Command Create() => new("probe", "Asks what a model's vectors carry beyond the words.") { CreateRavdess() };

    /// <summary>Prints what a probe found.</summary>
    public static void Print(EmotionProbeReport report, bool json)
    {
        LeftOut.Say(report.LeftOut);
        if (json)
        {
            Output.Json(report);
        }
        else
        {
            Output.Line(report.ToMarkdown());
        }
    }

    /// <summary>A line and a bar for each stage of a probe.</summary>
    public static DirectProgress<(string Stage, ProbeProgress Progress)> Progress()
    {
        string? stage = null;
        var bar = new ProgressBar("");
        return new DirectProgress<(string Stage, ProbeProgress Progress)>(step =>
        {
            if (step.Stage != stage)
            {
                stage = step.Stage;
                bar = new ProgressBar(stage is "encoder frames" or "embeddings" ? "recordings" : "passes");
                Output.Message(stage);
            }

            bar.Report(step.Progress.Done, step.Progress.Total);
        });
    }

    private static Command CreateRavdess()
    {
        var defaults = new EncoderOnlyProbeOptions();
        var root = new Option<string>("--root") { Description = "RAVDESS's folder.", Required = true };
        var networks = new ModelOptions(
            "A trained BrewCLIP: its folder, that of the run that trained it, or a name on the hub.", required: false);
        var encoderOnly =
            new Option<bool>("--encoder-only") { Description = "Probe a Whisper encoder's frames, without a trained BrewCLIP." };
        var whisper =
            new Option<string?>("--whisper") { Description = "With --encoder-only: the folder of a Whisper model; its encoder suffices." };
        var seeds = new Option<int>("--seeds") { Description = "Seeds of the probes.", DefaultValueFactory = _ => defaults.Seeds };
        var folds = new Option<int>("--folds")
        {
            Description = "Speaker-disjoint folds for the linear probes; 0 for none.",
            DefaultValueFactory = _ => defaults.Folds,
        };
        var cache = new Option<string?>("--cache") { Description = "A folder in which the encoder's frames are kept for the next run." };
        var linearAlone =
            new Option<bool>("--linear-only") { Description = "Leave out what is trained through, which takes most of the time." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        var ravdess = new Command(
            "ravdess", "Emotions of RAVDESS by speakers not trained on: linear heads, and what lies beneath them trained through.")
        {
            root, encoderOnly, whisper, seeds, folds, cache, linearAlone, json,
        };
        networks.AddTo(ravdess);
        ravdess.SetAction(async (parsed, cancellation) =>
        {
            string? name = parsed.GetValue(networks.Model), encoder = parsed.GetValue(whisper);
            if (parsed.GetValue(encoderOnly) ? name is not null || encoder is null : name is null || encoder is not null)
            {
                throw new UsageException(
                    "Say what is probed: --model FOLDER for a trained BrewCLIP, or --encoder-only --whisper FOLDER for a Whisper encoder.");
            }

            var dataset = new RavdessDataset(parsed.GetRequiredValue(root));
            var options = defaults with
            {
                Seeds = parsed.GetValue(seeds),
                Folds = parsed.GetValue(folds),
                Cache = parsed.GetValue(cache),
                TrainsAcousticLayer = !parsed.GetValue(linearAlone),
            };
            var load = new BrewClipLoadOptions { Networks = networks.Read(parsed), DownloadProgress = new DownloadProgress() };
            var report = encoder is null
                ? await ProbeAsync(dataset, name!, load, options, cancellation).ConfigureAwait(false)
                : EncoderOnlyProbe.Run(dataset, encoder, options, Progress(), cancellation);
            Print(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return ravdess;
    }

    // Trained as the recipes of Table 3 say.
    private static async Task<EmotionProbeReport> ProbeAsync(
        RavdessDataset dataset, string name, BrewClipLoadOptions load, EncoderOnlyProbeOptions options, CancellationToken cancellation)
    {
        using var model = await BrewClipModel.LoadAsync(Directory.Exists(name) ? RecipeRun.ModelIn(name) : name, load, cancellation)
            .ConfigureAwait(false);
        var probes = new BrewClipProbeOptions
        {
            Seeds = options.Seeds,
            Folds = options.Folds,
            Cache = options.Cache,
            Linear = Recipe("table3-linear"),
            FineTuned = options.TrainsAcousticLayer && model.Config.HasTrainedPart ? Recipe("table3-fine-tuned") : null,
        };
        return BrewClipProbe.Run(dataset, model, probes, Progress(), cancellation);
    }

    private static ProbeTrainingOptions Recipe(string name) => RecipeFile.Expect<ProbeRecipe>(RecipeLibrary.Load(name)).Training;
}
