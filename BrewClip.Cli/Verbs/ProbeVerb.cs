using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Data.Ravdess;
using BrewClip.Training.Probes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip probe ravdess</c></summary>
internal static class ProbeVerb
{
    public static Command Create() => new("probe", "Asks what a model's vectors carry beyond the words.") { CreateRavdess() };

    private static Command CreateRavdess()
    {
        var defaults = new EncoderOnlyProbeOptions();
        var root = new Option<string>("--root") { Description = "RAVDESS's folder.", Required = true };
        var encoderOnly = new Option<bool>("--encoder-only") { Description = "Probe a Whisper encoder's frames, without a trained BrewCLIP." };
        var whisper = new Option<string>("--whisper") { Description = "The folder of a Whisper model; its encoder suffices.", Required = true };
        var seeds = new Option<int>("--seeds") { Description = "Seeds of the probes.", DefaultValueFactory = _ => defaults.Seeds };
        var folds = new Option<int>("--folds") { Description = "Speaker-disjoint folds for the linear probes; 0 for none.", DefaultValueFactory = _ => defaults.Folds };
        var cache = new Option<string?>("--cache") { Description = "A folder in which the encoder's frames are kept for the next run." };
        var linearAlone = new Option<bool>("--linear-only") { Description = "Leave out the acoustic layer, which takes most of the time." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of Markdown." };
        var ravdess = new Command("ravdess", "Emotions of RAVDESS by speakers not trained on: linear heads, the acoustic layer trained through, and a log-mel baseline.")
        {
            root, encoderOnly, whisper, seeds, folds, cache, linearAlone, json,
        };
        ravdess.SetAction((parsed, cancellation) =>
        {
            if (!parsed.GetValue(encoderOnly))
            {
                throw new UsageException("Say --encoder-only: a trained BrewCLIP's own vectors are probed from the library (EmotionProbe).");
            }

            var options = defaults with
            {
                Seeds = parsed.GetValue(seeds),
                Folds = parsed.GetValue(folds),
                Cache = parsed.GetValue(cache),
                TrainsAcousticLayer = !parsed.GetValue(linearAlone),
            };
            var report = EncoderOnlyProbe.Run(
                new RavdessDataset(parsed.GetRequiredValue(root)), parsed.GetRequiredValue(whisper), options, Progress(), cancellation);
            if (parsed.GetValue(json))
            {
                Output.Json(report);
            }
            else
            {
                Output.Line(report.ToMarkdown());
            }

            return Task.FromResult(ExitCode.Done);
        });
        return ravdess;
    }

    private static DirectProgress<(string Stage, ProbeProgress Progress)> Progress()
    {
        string? stage = null;
        var bar = new ProgressBar("");
        return new DirectProgress<(string Stage, ProbeProgress Progress)>(step =>
        {
            if (step.Stage != stage)
            {
                stage = step.Stage;
                bar = new ProgressBar(stage == "encoder frames" ? "recordings" : "passes");
                Output.Message(stage);
            }

            bar.Report(step.Progress.Done, step.Progress.Total);
        });
    }
}
