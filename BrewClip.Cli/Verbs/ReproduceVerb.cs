using System.CommandLine;
using BrewClip.Cli.Demo;
using BrewClip.Cli.Terminal;
using BrewClip.Training.LittleWorld;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip reproduce littleworld</c></summary>
internal static class ReproduceVerb
{
    public static Command Create() => new("reproduce", "Repeats the paper's experiments.") { CreateLittleWorld() };

    private static Command CreateLittleWorld()
    {
        var data = new Option<string[]>("--data")
        {
            Description = "Corpora of 'littleworld generate' to evaluate on, as NAME=FOLDER; their test splits are taken.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var trainedOn = new Option<string[]>("--trained-on")
        {
            Description = "The corpora that the models were trained on: scenes that occur in them are left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var models = new Option<string?>("--models") { Description = "The folder of the models, in place of the one that comes with this program." };
        var captions = new Option<int>("--captions") { Description = "Captions of each image, 1 to 5.", DefaultValueFactory = _ => 5 };
        var folder = new Option<string>("--out") { Description = "The folder for littleworld.md and littleworld.json.", Required = true };
        var command = new Command("littleworld", "Every variant on every corpus, transcripts against what was said, and moods that no word tells.")
        {
            data, trainedOn, models, captions, folder,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] seen = parsed.GetValue(trainedOn) ?? [];
            var corpora = parsed.GetRequiredValue(data).Select(argument => Open(argument, seen, parsed.GetValue(captions))).ToList();
            using var loaded = await DemoModels.LoadAsync(parsed.GetValue(models), cancellation).ConfigureAwait(false);
            var experiment = new LittleWorldExperiment(corpora, new DirectProgress<string>(Output.Message));
            var rows = new List<ExperimentRow>();
            foreach (var variant in loaded.Variants)
            {
                rows.AddRange(experiment.Measure(variant, cancellation));
                ExperimentReport.Write(parsed.GetRequiredValue(folder), rows);
            }

            Output.Line(ExperimentReport.ToMarkdown(rows));
            return ExitCode.Done;
        });
        return command;
    }

    private static ExperimentCorpus Open(string argument, string[] seen, int captions)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == argument.Length - 1)
        {
            throw new UsageException($"'{argument}' is no corpus: give NAME=FOLDER, such as scripted=/data/littleworld.");
        }

        var corpus = ExperimentCorpus.Load(argument[..equals], argument[(equals + 1)..], seen, captions);
        if (corpus.LeftOut > 0)
        {
            Output.Message($"{corpus.Name}: {corpus.LeftOut} images are left out, because training has seen their scenes.");
        }

        return corpus;
    }
}
