using System.CommandLine;
using BrewClip.Cli.Demo;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Images;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip demo [--speech FILE]</c></summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var speech = new Option<string?>("--speech")
        {
            Description = "A recording of your own to ask with, in place of the demo's queries.",
        };
        var data = new Option<string>("--data")
        {
            Description = "The demo's folder: images, queries, queries.jsonl.",
            DefaultValueFactory = _ => "demo",
        };
        var models = new Option<string?>("--models")
        {
            Description = "The folder of the models, in place of the one that comes with this program.",
        };
        var report = new Option<string>("--out") { Description = "The page to write.", DefaultValueFactory = _ => "brewclip-demo.html" };
        var picture = new Option<string?>("--picture") { Description = "A PNG to write too, with some of the answers." };
        var demo = new Command(
            "demo", "Asks the small model that comes with this program for pictures by speech, and writes a page about it.")
        {
            speech, data, models, report, picture,
        };
        demo.SetAction(async (parsed, cancellation) =>
        {
            var set = DemoSet.Load(parsed.GetRequiredValue(data));
            using var loaded = await DemoModels.LoadAsync(parsed.GetValue(models), cancellation).ConfigureAwait(false);
            var run = new DemoRun(loaded, set);
            string path = Path.GetFullPath(parsed.GetRequiredValue(report));
            var (page, shown) = parsed.GetValue(speech) is { } recording
                ? AskOwn(run, recording, set, cancellation)
                : AskAll(run, set, cancellation);
            if (parsed.GetValue(picture) is { } drawing)
            {
                PngWriter.Write(drawing, DemoPicture.Draw(shown));
                Output.Line(Path.GetFullPath(drawing));
            }

            page.Write(path);
            Output.Line(path);
            return ExitCode.Done;
        });
        return demo;
    }

    private static (DemoPage Page, IReadOnlyList<DemoAnswer> Shown) AskOwn(
        DemoRun run, string recording, DemoSet set, CancellationToken cancellation)
    {
        var answer = run.Ask(recording, cancellation);
        Output.Line(DemoText.Describe(answer));
        return (new DemoPage([answer], [], [], [null], set.Images.Count), [answer]);
    }

    private static (DemoPage Page, IReadOnlyList<DemoAnswer> Shown) AskAll(DemoRun run, DemoSet set, CancellationToken cancellation)
    {
        var answers = run.Ask(cancellation);
        foreach (var answer in answers)
        {
            Output.Line(DemoText.Describe(answer));
        }

        Output.Line($"\n{answers.Count(answer => answer.IsRight == true)} of {answers.Count} right.\n");
        Output.Line(DemoText.Head);
        var figures = new List<DemoFigures>();
        foreach (var row in run.Measure(cancellation))
        {
            figures.Add(row);
            Output.Line(DemoText.Row(row));
        }

        Output.Line("");
        string?[] moods = [.. set.Queries.Select(query => query.Extra.GetValueOrDefault(LittleWorldDemoSet.Mood))];
        return (new DemoPage(answers, figures, set.Pairs(), moods, set.Images.Count), [.. Shown(set)
            .Select(position => answers[position])]);
    }

    // Fixed by the queries and not by the answers: the first two of a pair of moods, then the first single one of each style.
    private static int[] Shown(DemoSet set)
    {
        var pair = set.Pairs().Take(1).SelectMany(pair => (int[])[pair.First, pair.Second]);
        var single = set.Queries.Index().Where(query => set.TwinOf(query.Item) is null)
            .GroupBy(query => query.Item.Extra.GetValueOrDefault("style")).Select(group => group.First().Index);
        return [.. pair.Concat(single).Distinct().Take(4)];
    }
}
