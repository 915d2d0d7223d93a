using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Data;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip data check|stats NAME --root DIR</c></summary>
internal static class DataVerb
{
    public static Command Create() =>
        new("data", "Checks and counts data sets in the layouts in which people download them.") { CreateCheck(), CreateStatistics() };

    private static Argument<string> NameArgument() => new("name") { Description = $"One of: {string.Join(", ", SpeechDatasets.Names)}." };

    private static Option<string> RootOption() =>
        new("--root") { Description = "The data set's folder, or the manifest's file.", Required = true };

    private static Command CreateCheck()
    {
        var name = NameArgument();
        var root = RootOption();
        var media = new Option<MediaCheck>("--media")
        {
            Description = "How closely recordings and pictures are looked at.",
            DefaultValueFactory = _ => MediaCheck.Presence,
        };
        var check = new Command(
            "check", "Lists everything that is missing, unreadable, doubled or malformed, one fault a line.") { name, root, media };
        check.SetAction((parsed, cancellation) =>
        {
            var dataset = SpeechDatasets.Open(parsed.GetRequiredValue(name), parsed.GetRequiredValue(root));
            int problems = 0;
            foreach (var problem in DatasetChecks.Check(
                dataset, new DatasetCheckOptions { Media = parsed.GetValue(media) }, cancellationToken: cancellation))
            {
                problems++;
                Output.Line(problem.Message);
            }

            Output.Message(
                problems == 0
                    ? $"'{dataset.Root}' is complete."
                    : $"{problems} {(problems == 1 ? "problem" : "problems")} in '{dataset.Root}'.");
            return Task.FromResult(problems == 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return check;
    }

    private static Command CreateStatistics()
    {
        var name = NameArgument();
        var root = RootOption();
        var audio = new Option<bool>("--audio") { Description = "Open every recording for its length." };
        var statistics =
            new Command("stats", "Counts utterances, images, speakers, words and seconds of every split, as JSON.") { name, root, audio };
        statistics.SetAction((parsed, cancellation) =>
        {
            var dataset = SpeechDatasets.Open(parsed.GetRequiredValue(name), parsed.GetRequiredValue(root));
            var bySplit = dataset.Splits.ToDictionary(
                split => split.ToName(), split => DatasetStatistics.Compute(dataset, split, parsed.GetValue(audio), cancellation));
            Output.Json(bySplit);
            return Task.FromResult(ExitCode.Done);
        });
        return statistics;
    }
}
