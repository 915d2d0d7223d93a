using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Models.Brew;
using BrewClip.Training.LittleWorld.Experiments;
using BrewClip.Training.Logging;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip reproduce littleworld</c></summary>
internal static class ReproduceLittleWorldVerb
{
    public static Command Create()
    {
        var test = Items.Option("--data", "Corpora of 'littleworld generate' to test on, as NAME=FOLDER; their test splits are taken.");
        test.Required = true;
        var train = Items.Option(
            "--trained-on", "Corpora to train on, as NAME=FOLDER, the one of the comparisons first; scenes in them are not tested on.");
        var models = new Option<string?>("--models")
        {
            Description = "The folder of the frozen towers, in place of the one that comes with this program.",
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder for littleworld.md, littleworld.json and what a stopped run goes on from.",
            Required = true,
        };
        var caches = new Option<string?>("--cache")
        {
            Description = "The folder of frames and transcripts, such as a training run's; left out for one in --out.",
        };
        var rows = Items.Option("--rows", "Only rows whose id contains one of these, such as zero-shot, full-scripted or mood.");
        var seeds = new Option<int>("--seeds") { Description = "How often the trained part is trained.", DefaultValueFactory = _ => 3 };
        var steps = new Option<int>("--steps") { Description = "Steps of each training.", DefaultValueFactory = _ => 500 };
        var minutes = TimeLimit.Option("Stop after so many minutes; the same command goes on.");
        var captions = new Option<int>("--captions") { Description = "Captions of each test image, 1 to 5.", DefaultValueFactory = _ => 5 };
        var noise = new Option<double[]>("--noise")
        {
            Description = "Signal-to-noise ratios in dB at which the recordings are tested once more, for bad transcripts.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "littleworld", "The paper's tables on Little World: variants, transcripts, moods, corpora, readings; resumable.")
        {
            test, train, models, folder, caches, rows, seeds, steps, minutes, captions, noise,
        };
        command.SetAction((parsed, cancellation) =>
        {
            CorpusFolder[] tested = [.. parsed.GetRequiredValue(test).Select(Parse)];
            CorpusFolder[] trained = [.. (parsed.GetValue(train) ?? []).Select(Parse)];
            var options = new ExperimentOptions
            {
                Models = parsed.GetValue(models) ?? DefaultModel.FindFolder(),
                Folder = parsed.GetRequiredValue(folder),
                TestOn = tested,
                TrainOn = trained,
                Caches = parsed.GetValue(caches),
                Rows = parsed.GetValue(rows) ?? [],
                Seeds = parsed.GetValue(seeds),
                Steps = parsed.GetValue(steps),
                TestCaptions = parsed.GetValue(captions),
                Noise = parsed.GetValue(noise) ?? [],
            };
            return Task.FromResult(Run(options, parsed.GetValue(minutes), cancellation));
        });
        return command;
    }

    private static int Run(ExperimentOptions options, double? minutes, CancellationToken cancellation)
    {
        using var limit = new TimeLimit(minutes, cancellation);
        try
        {
            var report = new LittleWorldExperiment(options, new DirectProgress<string>(Output.Message), new ConsoleProgress())
                .Run(limit.Token);
            Output.Line(ExperimentTables.ToMarkdown(report));
        }
        catch (OperationCanceledException) when (limit.IsUp)
        {
            Output.Message("The time is up: the same command goes on.");
        }

        return ExitCode.Done;
    }

    private static CorpusFolder Parse(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < argument.Length - 1
            ? new CorpusFolder(argument[..equals], argument[(equals + 1)..])
            : throw new UsageException($"'{argument}' is no corpus: give NAME=FOLDER, such as scripted=/data/littleworld.");
    }
}
