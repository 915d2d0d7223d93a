using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Training.Logging;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>From a job to its row.</summary>
internal sealed class ExperimentWork(
    ExperimentOptions options, ExperimentTowers towers, ExperimentCaches caches, IReadOnlyList<ExperimentCorpus> tests,
    IReadOnlyList<ITrainingObserver> observers)
{
    private readonly ExperimentTraining _training = new(towers, caches, options.Steps, observers);
    private readonly Dictionary<string, ExperimentCorpus> _corpora = new(StringComparer.Ordinal);
    private MoodProbe? _probe;

    public ExperimentRow Do(ExperimentJob job, CancellationToken cancellation) => job switch
    {
        GivenModelJob given => Measure(given, cancellation),
        RetrievalJob retrieval => Measure(retrieval, cancellation),
        MoodProbeJob probe => Probe(probe, cancellation),
        _ => throw new ArgumentException($"'{job.Id}' is no job that can be done.", nameof(job)),
    };

    private ExperimentRow Measure(GivenModelJob job, CancellationToken cancellation)
    {
        using var model = BrewClipModel.Load(job.Folder, cancellation: cancellation);
        RequireTowers(job, model);
        return new ExperimentRow
        {
            Id = job.Id,
            Method = job.Name,
            Model = ContentHash.OfModel(job.Folder),
            Retrieval = Measure(model, tests, cancellation),
        };
    }

    // Its vectors are computed from the towers' cached frames and transcripts.
    private void RequireTowers(GivenModelJob job, BrewClipModel model)
    {
        bool isSame = model.Backbone is { WhisperSource: { } whisper, ClipSource: { } clip } && Directory.Exists(whisper)
            && Directory.Exists(clip)
            && ContentHash.OfModel(whisper) == ContentHash.OfModel(towers.WhisperFolder)
            && ContentHash.OfModel(clip) == ContentHash.OfModel(towers.ClipFolder);
        if (!isSame || model.Network.MixesStates)
        {
            string why = isSame ? "reads all of Whisper's layers, and the last alone is cached"
                : "stands on another Whisper or CLIP than the towers";
            throw new InvalidDataException($"'{job.Folder}' {why}: move it away, or leave its row out by --rows.");
        }
    }

    private ExperimentRow Measure(RetrievalJob job, CancellationToken cancellation)
    {
        using var model = Open(job, cancellation);
        bool isReading = ExperimentMethod.Readings.Contains(job.Method);
        return new ExperimentRow
        {
            Id = job.Id,
            Method = job.Method.Name,
            TrainedOn = job.TrainedOn,
            Seed = job.Seed,
            Retrieval = Measure(model, [.. tests.Where(corpus => !isReading || corpus.Name == corpus.CleanName)], cancellation),
        };
    }

    private ExperimentRow Probe(MoodProbeJob job, CancellationToken cancellation)
    {
        string corpus = options.TrainOn[0].Name;
        using var model = job.Probe.Method is { } method ? Open(ExperimentPlan.Training(method, corpus, job.Seed), cancellation) : null;
        _probe ??= new MoodProbe(Training(corpus), tests.First(test => test.Name == corpus), towers, caches);
        return new ExperimentRow
        {
            Id = job.Id,
            Method = job.Probe.Name,
            TrainedOn = corpus,
            Seed = job.Seed,
            Moods = [_probe.Run(job.Probe, job.Seed, model, cancellation)],
        };
    }

    private List<RetrievalMeasurement> Measure(BrewClipModel model, IReadOnlyList<ExperimentCorpus> corpora,
        CancellationToken cancellation) =>
        [.. corpora.SelectMany(corpus => RetrievalMeasuring.Measure(model, caches, corpus, cancellation))];

    // A finished training is loaded as any checkpoint is.
    private BrewClipModel Open(RetrievalJob job, CancellationToken cancellation)
    {
        if (job.TrainedOn is null)
        {
            return Task.Run(() =>
                BrewClipModel.ComposeAsync(towers.WhisperFolder, towers.ClipFolder, cancellation: cancellation), cancellation)
                .GetAwaiter().GetResult();
        }

        string folder = Path.Combine(options.Folder, "trained", job.Id);
        if (!ExperimentTraining.IsTrained(folder))
        {
            string root = options.TrainOn.First(corpus => corpus.Name == job.TrainedOn).Folder;
            _training.Train(job, Training(job.TrainedOn), root, folder, cancellation);
        }

        return BrewClipModel.Load(folder, cancellation: cancellation);
    }

    private ExperimentCorpus Training(string name)
    {
        if (!_corpora.TryGetValue(name, out var corpus))
        {
            corpus = ExperimentCorpus.LoadTraining(name, options.TrainOn.First(item => item.Name == name).Folder, options.TrainingCaptions);
            _corpora.Add(name, corpus);
        }

        return corpus;
    }
}
