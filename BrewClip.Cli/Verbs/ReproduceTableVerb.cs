using System.CommandLine;
using System.Globalization;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Training.Recipes;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip reproduce table1|table2|table3|table4|table5</c></summary>
internal static class ReproduceTableVerb
{
    private static readonly string[] _shows =
    [
        "Retrieval on three data sets: zero-shot, prompted and full.",
        "The channels apart and together, on scripted and on spontaneous speech.",
        "Emotions of RAVDESS, by a linear head and fine-tuned.",
        "The zero-shot pipeline on transcripts and on the data sets' own captions.",
        "The full model across data sets.",
    ];

    public static IEnumerable<Command> CreateAll() => Enumerable.Range(1, _shows.Length).Select(Create);

    private static Command Create(int table)
    {
        var data = DataFolders.Option();
        var folder = new Option<string>("--out")
        {
            Description = "Runs, finished rows and the table; give all tables the same, and they share what they train.",
            DefaultValueFactory = _ => "runs",
        };
        var rows = Items.Option("--rows", "Only rows whose recipe's name contains one of these, such as zero-shot.");
        var settings = Items.Option("--set", "key=value: sets a value of every recipe that has it, such as training.steps=2000.");
        var cache = new Option<string?>("--cache")
        {
            Description = "Where the frozen networks' results are kept; 'caches' in the folder of --out where it is left out.",
        };
        var networks = new ModelOptions("", required: false);
        string name = string.Create(CultureInfo.InvariantCulture, $"table{table}");
        string description = $"Paper, Table {table}. {_shows[table - 1]} Trains what it needs; a second start goes on.";
        var command = new Command(name, description) { data, folder, rows, settings, cache };
        networks.AddNetworksTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folders = new DataFolders(parsed.GetValue(data) ?? []);
            var options = new TableReproductionOptions
            {
                Folder = parsed.GetRequiredValue(folder),
                Cache = parsed.GetValue(cache),
                Settings = parsed.GetValue(settings) ?? [],
                Rows = parsed.GetValue(rows) ?? [],
                Networks = networks.Read(parsed),
                DownloadProgress = new DownloadProgress(),
                Progress = new DirectProgress<string>(Output.Message),
                Observers = TrainVerb.Observers,
            };
            var report = await new TableReproduction(table, options).RunAsync(folders.TryOpen, cancellation).ConfigureAwait(false);
            LeftOut.Say([.. report.Rows.SelectMany(row => row.LeftOut).Distinct()], Path.Combine(options.Folder, name + ".json"));
            Output.Line(report.ToMarkdown());
            return ExitCode.Done;
        });
        return command;
    }
}
