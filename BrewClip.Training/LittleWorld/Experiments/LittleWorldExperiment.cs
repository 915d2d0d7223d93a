using System.Diagnostics;
using System.Globalization;
using BrewClip.Data.Caches;
using BrewClip.Training.Logging;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// The paper's comparisons on Little World: every variant on every corpus, with transcripts and with what was really said, trained on one
/// corpus and tested on another; and the question that the paper leaves open: whether the acoustic channel tells apart what the words do
/// not, the moods. Towers are trained beforehand and once; the trained part as often as there are seeds.
/// </summary>
/// <remarks>
/// Each finished row is a file in <c>rows/</c>, each training a checkpoint in <c>trained/</c>: a run that is stopped at any moment goes on
/// where it was. The tables are written anew after every row.
/// </remarks>
/// <param name="options">What to measure, with what and where to.</param>
/// <param name="progress">Told what is being done.</param>
/// <param name="observers">Told how trainings go.</param>
public sealed class LittleWorldExperiment(
    ExperimentOptions options, IProgress<string>? progress = null, params IReadOnlyList<ITrainingObserver> observers)
{
    // Of each image: two are enough to see how transcripts and recall fall together, and transcribing is what takes the time.
    private const int NoisyCaptions = 2;

    private readonly Dictionary<string, ExperimentTranscripts> _transcripts = new(StringComparer.Ordinal);

    /// <summary>Does what is not done yet.</summary>
    /// <param name="cancellation">Stops in order: what is done stays, and the same call goes on.</param>
    /// <returns>The tables, of all rows that there are.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the folder holds an experiment of other settings.</exception>
    /// <exception cref="IOException">A corpus or a model is missing, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ExperimentReport Run(CancellationToken cancellation = default)
    {
        options.Validate();
        using var towers = ExperimentTowers.Load(options.Models, cancellation);
        Directory.CreateDirectory(Path.Combine(options.Folder, "rows"));
        ExperimentSettings.Claim(options, towers);
        var tests = LoadTests(cancellation);
        var jobs = ExperimentPlan.Make(options, ExperimentTowers.FindTrained(options.Models));
        if (jobs.Count == 0)
        {
            throw new ArgumentException($"No row's id contains {string.Join(" or ", options.Rows.Select(filter => $"'{filter}'"))}.");
        }

        using var caches = new ExperimentCaches(options.CacheFolder, towers, progress);
        var work = new ExperimentWork(options, towers, caches, tests, observers);
        foreach (var (number, job) in jobs.Index())
        {
            if (!IsDone(job))
            {
                progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{job.Id}, {number + 1} of {jobs.Count}"));
                var clock = Stopwatch.StartNew();
                var row = work.Do(job, cancellation);
                (row with { Seconds = Math.Round(clock.Elapsed.TotalSeconds, 1) }).Save(RowPath(job.Id));
                Report(tests, caches, cancellation).Write(options.Folder);
            }
        }

        var report = Report(tests, caches, cancellation);
        report.Write(options.Folder);
        return report;
    }

    private ExperimentReport Report(IReadOnlyList<ExperimentCorpus> tests, ExperimentCaches caches, CancellationToken cancellation)
    {
        var rows = Directory.GetFiles(Path.Combine(options.Folder, "rows"), "*.json").Order(StringComparer.Ordinal)
            .Select(ExperimentRow.Load).ToList();
        foreach (var corpus in tests.Where(corpus => !_transcripts.ContainsKey(corpus.Name)))
        {
            _transcripts.Add(corpus.Name, ExperimentTranscripts.Compare(corpus, caches.TextsOf(corpus, cancellation)));
        }

        return ExperimentReport.Make(options, tests, _transcripts, rows);
    }

    private List<ExperimentCorpus> LoadTests(CancellationToken cancellation)
    {
        string[] seen = [.. options.TrainOn.Select(corpus => corpus.Folder)];
        var corpora = new List<ExperimentCorpus>();
        foreach (var (name, folder) in options.TestOn)
        {
            var corpus = ExperimentCorpus.Load(name, folder, seen, options.TestCaptions);
            corpora.Add(corpus);
            if (corpus.LeftOut > 0)
            {
                progress?.Report($"{name}: {corpus.LeftOut} images are left out, because training has seen their scenes.");
            }
        }

        foreach (double decibels in options.Noise)
        {
            foreach (var corpus in corpora.Where(corpus => corpus.Name == corpus.CleanName).ToList())
            {
                string name = ExperimentCorpus.NoisyName(corpus.Name, decibels).Replace(' ', '-');
                var some = corpus with { Captions = LittleWorldCaptions.Some(corpus.Captions, NoisyCaptions) };
                corpora.Add(NoisyCorpus.Make(some, decibels, Path.Combine(options.Folder, "noisy", name), cancellation));
            }
        }

        return corpora;
    }

    // A model that was given may have been trained on since, or another lie in its place.
    private bool IsDone(ExperimentJob job) => File.Exists(RowPath(job.Id))
        && (job is not GivenModelJob given || ExperimentRow.Load(RowPath(job.Id)).Model is not { } measured
            || measured == ContentHash.OfModel(given.Folder));

    private string RowPath(string id) => Path.Combine(options.Folder, "rows", id + ".json");
}
