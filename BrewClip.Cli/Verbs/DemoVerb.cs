using System.CommandLine;
using BrewClip.Cli.Demo;
using BrewClip.Cli.Terminal;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip demo [--speech FILE]</c></summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var speech = new Option<string?>("--speech") { Description = "A recording of your own to ask with, in place of the demo's queries." };
        var data = new Option<string>("--data") { Description = "The demo's folder: images, queries, queries.jsonl.", DefaultValueFactory = _ => "demo" };
        var models = new Option<string?>("--models") { Description = "The folder of the models, in place of the one that comes with this program." };
        var report = new Option<string>("--out") { Description = "The page to write.", DefaultValueFactory = _ => "brewclip-demo.html" };
        var demo = new Command("demo", "Asks the small model that comes with this program for pictures by speech, and writes a page about it.") { speech, data, models, report };
        demo.SetAction(async (parsed, cancellation) =>
        {
            var set = DemoSet.Load(parsed.GetRequiredValue(data));
            using var loaded = await DemoModels.LoadAsync(parsed.GetValue(models), cancellation).ConfigureAwait(false);
            var run = new DemoRun(loaded, set);
            string path = Path.GetFullPath(parsed.GetRequiredValue(report));
            var (answers, figures) = parsed.GetValue(speech) is { } recording
                ? ([run.Ask(recording, cancellation)], [])
                : AskAll(run, cancellation);
            if (figures.Count == 0)
            {
                Output.Line(DemoText.Describe(answers[0]));
            }

            new DemoPage(answers, figures, set.Images.Count).Write(path);
            Output.Line(path);
            return ExitCode.Done;
        });
        return demo;
    }

    private static (IReadOnlyList<DemoAnswer> Answers, IReadOnlyList<DemoFigures> Figures) AskAll(DemoRun run, CancellationToken cancellation)
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
        return (answers, figures);
    }
}
