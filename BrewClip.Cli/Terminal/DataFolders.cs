using System.CommandLine;
using BrewClip.Data;

namespace BrewClip.Cli.Terminal;

/// <summary>
/// Where data sets lie, as the verbs that need several are told: <c>NAME=FOLDER</c> for each, or one folder with a folder for each in it,
/// named as the data sets are.
/// </summary>
internal sealed class DataFolders
{
    private readonly List<(string Name, string Path)> _named = [];
    private readonly string? _all;

    public DataFolders(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals > 0 ? argument[..equals] : "";
            if (SpeechDatasets.Names.Contains(name) && equals < argument.Length - 1)
            {
                _named.Add((name, argument[(equals + 1)..]));
            }
            else if (_all is null && Directory.Exists(argument))
            {
                _all = argument;
            }
            else
            {
                throw new UsageException(
                    $"'{argument}' is no data: give NAME=FOLDER, NAME one of {string.Join(", ", SpeechDatasets.Names)}, or one folder that "
                    + "holds a folder for each.");
            }
        }
    }

    public static Option<string[]> Option() => Items.Option(
        "--data", $"Data sets as NAME=FOLDER ({string.Join(", ", SpeechDatasets.Names)}), or a folder with a folder for each, so named.");

    /// <summary>Every folder of a data set, in the order given; none where it was not given.</summary>
    public IReadOnlyList<string> AllOf(string name)
    {
        string[] named = [.. _named.Where(item => item.Name == name).Select(item => item.Path)];
        return named.Length > 0 ? named
            : _all is not null && Path.Exists(Path.Combine(_all, name)) ? [Path.Combine(_all, name)] : [];
    }

    /// <summary>Opens a data set; null where it was not given.</summary>
    public ISpeechDataset<Utterance>? TryOpen(string name) => AllOf(name) switch
    {
        [] => null,
        [var folder] => SpeechDatasets.Open(name, folder),
        _ => throw new UsageException($"'{name}' is given more than once: one folder is needed here."),
    };

    /// <summary>Opens a data set that a recipe needs.</summary>
    public ISpeechDataset<Utterance> Open(string name, string recipe) => TryOpen(name)
        ?? throw new UsageException($"The recipe '{recipe}' needs '{name}': say where it lies with --data {name}=FOLDER.");
}
