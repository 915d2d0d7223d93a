using BrewClip.Core.Checkpoints;
using BrewClip.Data;
using BrewClip.Data.Ravdess;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Training.Logging;

namespace BrewClip.Training.Recipes;

/// <summary>How a table is reproduced.</summary>
public sealed record TableReproductionOptions
{
    /// <summary>
    /// Where runs, rows and tables are written: a folder for each trained recipe, <c>rows/</c>, and <c>tableN.md</c>, <c>.csv</c>,
    /// <c>.json</c>.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The folder of caches; null for <c>caches</c> within <see cref="Folder"/>.</summary>
    public string? Cache { get; init; }

    /// <summary>Values to set in every recipe that has a place for them, as <see cref="RecipeFile"/> takes them.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Only rows whose recipe's name contains one of these; all where it is empty.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>Element type and device of the networks.</summary>
    public ModelLoadingOptions Networks { get; init; } = new();

    /// <summary>Where models named by hub names come from; null for what the environment says.</summary>
    public HubOptions? Hub { get; init; }

    /// <summary>Told of downloads.</summary>
    public IProgress<HubProgress>? DownloadProgress { get; init; }

    /// <summary>Told what is being done.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>Makes the observers of a training, given the run's folder; those that can be disposed of are. Null for none.</summary>
    public Func<string, IReadOnlyList<ITrainingObserver>>? Observers { get; init; }
}

/// <summary>
/// A table of the paper from its recipes: trains what has to be trained, tests, and writes own figures beside the paper's. Rows whose data
/// set is not there are left out; rows that are done are not done again; a training that was stopped goes on.
/// </summary>
public sealed class TableReproduction
{
    private readonly int _table;
    private readonly TableReproductionOptions _options;
    private readonly FinishedRows _finished;
    private readonly RowInputsReader _inputs;
    private readonly Dictionary<string, Recipe> _recipes;

    /// <summary>Reads the recipes.</summary>
    /// <param name="table">1 to 5.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InvalidDataException">A setting has no place in any recipe of the table, or is wrong.</exception>
    public TableReproduction(int table, TableReproductionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table, 5);
        (_table, _options) = (table, options);
        _finished = new FinishedRows(Path.Combine(options.Folder, "rows"));
        _inputs = new RowInputsReader(options);
        _recipes = Read(options.Settings);
    }

    /// <summary>Does what is left to do.</summary>
    /// <param name="open">Opens a data set by its name; null where it is not there.</param>
    /// <param name="cancellation">Heeded everywhere; a training saves first.</param>
    /// <returns>The table.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the same call goes on.</exception>
    public async Task<TableReport> RunAsync(Func<string, ISpeechDataset<Utterance>?> open, CancellationToken cancellation = default)
    {
        var plan = TablePlan.Of(_table, [.. _recipes.Values]).ToList();
        var chosen = plan.Where(row => _options.Rows.Count == 0
            || _options.Rows.Any(part => row.Recipe.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).ToHashSet();
        if (chosen.Count == 0)
        {
            throw new ArgumentException(
                $"No row of Table {_table} has a recipe whose name contains "
                + $"{string.Join(" or ", _options.Rows.Select(part => $"'{part}'"))}.");
        }

        // What an earlier call has done of the other rows stays in the table.
        var done = new Dictionary<PlannedRow, ReproducedRow>();
        foreach (var row in plan.Where(row => !chosen.Contains(row)))
        {
            if (await FindAsync(row, open, cancellation).ConfigureAwait(false) is { } result)
            {
                done[row] = result;
            }
        }

        var report = new TableReport(_table, []);
        foreach (var row in plan.Where(chosen.Contains))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await DoAsync(row, open, cancellation).ConfigureAwait(false) is { } result)
            {
                done[row] = result;
                report = report with { Rows = [.. plan.Where(done.ContainsKey).Select(item => done[item])] };
                report.Write(_options.Folder);
            }
        }

        return report.Rows.Count > 0
            ? report
            : throw new ArgumentException(
                $"Nothing of Table {_table} can be reproduced without its data: {string.Join(", ", chosen.SelectMany(Needs).Distinct())}.");
    }

    private async Task<ReproducedRow?> DoAsync(
        PlannedRow row, Func<string, ISpeechDataset<Utterance>?> open, CancellationToken cancellation)
    {
        var trainer = TrainerOf(row.Recipe);
        if (await FindAsync(row, open, cancellation).ConfigureAwait(false) is { } known)
        {
            Say($"{row.Recipe.Name} on {row.Dataset}: done before");
            return known;
        }

        if (Needs(row).FirstOrDefault(name => open(name) is null) is { } missing)
        {
            Say($"{row.Recipe.Name} on {row.Dataset}: left out, '{missing}' is not there");
            return null;
        }

        using var model = await ModelAsync(row.Recipe, trainer, open, cancellation).ConfigureAwait(false);
        Say($"{row.Recipe.Name} on {row.Dataset}: testing");
        var inputs = await _inputs.ReadAsync(row.Recipe, trainer, open(row.Dataset), cancellation).ConfigureAwait(false);
        return Test(row, inputs, model, open, cancellation);
    }

    // Tables that print the same experiment may call it otherwise.
    private async Task<ReproducedRow?> FindAsync(
        PlannedRow row, Func<string, ISpeechDataset<Utterance>?> open, CancellationToken cancellation)
    {
        if (!_finished.Contains(row.Recipe, row.Dataset))
        {
            return null;
        }

        var inputs = await _inputs.ReadAsync(row.Recipe, TrainerOf(row.Recipe), open(row.Dataset), cancellation).ConfigureAwait(false);
        ReproducedRow? known = row.Recipe is ProbeRecipe
            ? _finished.Find<ReproducedEmotion>(row.Recipe, row.Dataset, inputs)
            : _finished.Find<ReproducedRetrieval>(row.Recipe, row.Dataset, inputs);
        return known is null ? null : known with { Method = row.Method };
    }

    private ReproducedRow Test(
        PlannedRow row, RowInputs inputs, BrewClipModel model, Func<string, ISpeechDataset<Utterance>?> open,
        CancellationToken cancellation)
    {
        if (row.Recipe is ProbeRecipe probe)
        {
            var report = RecipeProbe.Run(probe, model, (RavdessDataset)open(row.Dataset)!, Cache, cancellation: cancellation);
            var emotion = ReproducedEmotion.Of(probe, row.Method, report);
            _finished.Add(probe, inputs, emotion);
            return emotion;
        }

        var recipe = (RetrievalRecipe)row.Recipe;
        var result = RecipeEvaluation.Run(
            recipe with { TestOn = [row.Dataset] }, model, name => open(name)!, cancellation: cancellation)[0];
        var retrieval = ReproducedRetrieval.Of(recipe, row.Method, result);
        _finished.Add(recipe, inputs, retrieval);
        return retrieval;
    }

    private async Task<BrewClipModel> ModelAsync(
        Recipe recipe, RetrievalRecipe? trainer, Func<string, ISpeechDataset<Utterance>?> open, CancellationToken cancellation)
    {
        var load =
            new BrewClipLoadOptions { Networks = _options.Networks, Hub = _options.Hub, DownloadProgress = _options.DownloadProgress };
        if (trainer is null)
        {
            var model = ((RetrievalRecipe)recipe).Model;
            return await BrewClipModel.ComposeAsync(model.Whisper, model.Clip, load, cancellation).ConfigureAwait(false);
        }

        string folder = Path.Combine(_options.Folder, trainer.Name);
        var ended = RecipeRun.Load(folder);
        if (ended?.IsEnded(trainer) != true)
        {
            await TrainAsync(trainer, folder, open(trainer.TrainOn!)!, cancellation).ConfigureAwait(false);
        }
        else
        {
            // A trained part between other networks than its own would be measured in silence.
            string? whisper = await _inputs.HashOfAsync(trainer.Model.Whisper, cancellation).ConfigureAwait(false);
            string? clip = await _inputs.HashOfAsync(trainer.Model.Clip, cancellation).ConfigureAwait(false);
            RecipeRun.Of(trainer, whisper ?? ended.Whisper, clip ?? ended.Clip).CheckContinues(ended, folder);
        }

        return await BrewClipModel.LoadAsync(RecipeRun.ModelIn(folder), load, cancellation).ConfigureAwait(false);
    }

    private async Task TrainAsync(RetrievalRecipe recipe, string folder, ISpeechDataset<Utterance> dataset, CancellationToken cancellation)
    {
        Say($"{recipe.Name}: training on {recipe.TrainOn}");
        var observers = _options.Observers?.Invoke(folder) ?? [];
        try
        {
            var options = new RecipeTrainerOptions
            {
                Folder = folder,
                Cache = Cache,
                Resume = true,
                Networks = _options.Networks,
                Hub = _options.Hub,
                DownloadProgress = _options.DownloadProgress,
                Progress = _options.Progress,
            };
            await new RecipeTrainer(recipe, options, observers).RunAsync(dataset, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            foreach (var observer in observers.OfType<IDisposable>())
            {
                observer.Dispose();
            }
        }
    }

    private IEnumerable<string> Needs(PlannedRow row) =>
        TrainerOf(row.Recipe) is { TrainOn: { } training } trainer
            && RecipeRun.Load(Path.Combine(_options.Folder, trainer.Name))?.IsEnded(trainer) != true
            ? [row.Dataset, training]
            : [row.Dataset];

    private RetrievalRecipe? TrainerOf(Recipe recipe)
    {
        string? name = recipe is ProbeRecipe probe ? probe.TrainedBy : ((RetrievalRecipe)recipe).ModelOf;
        return name is null ? null
            : name == recipe.Name ? (RetrievalRecipe)recipe
            : _recipes.TryGetValue(name, out var other) && other is RetrievalRecipe { TrainOn: not null } trainer ? trainer
            : throw new InvalidDataException(
                $"The recipe '{recipe.Name}' tests the model of '{name}', and no recipe of that name trains one.");
    }

    private string Cache => _options.Cache ?? Path.Combine(_options.Folder, "caches");

    private void Say(string text) => _options.Progress?.Report(text);

    private Dictionary<string, Recipe> Read(IReadOnlyList<string> settings)
    {
        var texts = RecipeLibrary.Names.Where(name => RecipeLibrary.Load(name).Table is not null)
            .ToDictionary(name => name, RecipeLibrary.Text, StringComparer.Ordinal);
        if (settings.FirstOrDefault(setting => !texts.Values.Any(text => RecipeFile.HasPlaceFor(text, setting))) is { } homeless)
        {
            throw new InvalidDataException($"'{homeless}' sets nothing: no recipe of a table has a place for it.");
        }

        return texts
            .ToDictionary(item => item.Key,
            item => RecipeFile.Parse(item.Value, item.Key, [.. settings.Where(setting => RecipeFile.HasPlaceFor(item.Value, setting))]),
            StringComparer.Ordinal);
    }
}
