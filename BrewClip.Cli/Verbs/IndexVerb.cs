using System.CommandLine;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Retrieval;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip index IMAGES… --model M --out FOLDER</c></summary>
internal sealed class IndexVerb
{
    private readonly Argument<string[]> _sources =
        Items.Argument("images", "Image files, and folders that are looked through at every depth.");
    private readonly ModelOptions _model = new(LoadedModel.Description);
    private readonly Option<string> _folder =
        new("--out") { Description = "The index's folder; brought up to date if it is there.", Required = true };
    private readonly Option<bool> _rebuild =
        new("--rebuild") { Description = "Start anew, whatever is there: a damaged index, or another model's." };
    private readonly Option<bool> _compare =
        new("--compare-content") { Description = "Read every image, not only those whose size or time of change differs." };
    private readonly Option<EmbeddingStorage> _storage = Choice.Of<EmbeddingStorage>("--storage", "How a new index keeps its vectors.");
    private readonly Option<int> _batch = new("--batch-size") { Description = "Images in one pass.", DefaultValueFactory = _ => 16 };

    public static Command Create() => new IndexVerb().CreateCommand();

    private Command CreateCommand()
    {
        var command = new Command(
            "index", "Makes images searchable. Encodes what is new or changed; goes on where an earlier run was stopped.")
        {
            _sources, _folder, _rebuild, _compare, _storage, _batch,
        };
        _model.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int batch = parsed.GetValue(_batch);
        if (batch is < 1 or > 4096)
        {
            throw new UsageException($"--batch-size is {batch}: 1 to 4096 are possible.");
        }

        var options = new BrewClipLoadOptions { ImageBatchSize = batch };
        using var model = await LoadedModel.LoadAsync(parsed.GetRequiredValue(_model.Model), _model.Read(parsed), options, cancellation)
            .ConfigureAwait(false);
        var indexer = new ImageIndexer(model.ImageEncoder, new ImageIndexerOptions
        {
            Rebuild = parsed.GetValue(_rebuild),
            CompareContent = parsed.GetValue(_compare),
            Storage = parsed.GetValue(_storage),
        });
        var bar = new ProgressBar("images");
        var progress = new DirectProgress<ImageIndexProgress>(step => bar.Report(step.Done, step.Total));
        string folder = parsed.GetRequiredValue(_folder);
        var report = await indexer.IndexAsync(parsed.GetRequiredValue(_sources), folder, progress, cancellation).ConfigureAwait(false);
        foreach (var image in report.Unreadable)
        {
            Output.Message($"Left out: {image.Path}: {image.Reason}");
        }

        Output.Message(
            $"{report.Count} images: {report.Encoded} encoded, {report.Resumed} from an earlier run, {report.Unchanged} unchanged, "
            + $"{report.Removed} removed, {report.Unreadable.Count} unreadable.");
        Output.Line(Path.GetFullPath(folder));
        return ExitCode.Done;
    }
}
