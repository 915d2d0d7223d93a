using BrewClip.Core.Checkpoints;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Training.Logging;
using BrewClip.Training.Tasks;
using TorchSharp;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>
/// Trains BrewCLIP's trained part between the frozen towers, as the recipe of <c>brewclip-nano</c> does, for a number of steps fixed
/// beforehand: the last weights count, so that no held-out example decides anything.
/// </summary>
/// <param name="towers">The frozen models.</param>
/// <param name="caches">What they computed.</param>
/// <param name="steps">Steps of each training.</param>
/// <param name="observers">Are told how it goes.</param>
internal sealed class ExperimentTraining(
    ExperimentTowers towers, ExperimentCaches caches, int steps, params IReadOnlyList<ITrainingObserver> observers)
{
    private readonly Dictionary<(string Corpus, ExperimentMethod Method), SpeechImageSource> _sources = [];

    /// <summary>Trains, or goes on from where an earlier run was stopped.</summary>
    /// <param name="job">What on what, with which seed.</param>
    /// <param name="corpus">The corpus to train on.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="folder">Where the model goes; the checkpoint lies in it until it is finished.</param>
    /// <param name="cancellation">Saves a checkpoint and throws.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; the same call goes on.</exception>
    public void Train(RetrievalJob job, ExperimentCorpus corpus, string root, string folder, CancellationToken cancellation)
    {
        var config = job.Method.ToConfig(Reference(folder, towers.WhisperFolder), Reference(folder, towers.ClipFolder));
        var backbone = towers.Backbone;
        var recipe = NanoModels.BrewRecipe.Training!;
        var settings = recipe with { Steps = steps, WarmupSteps = Math.Min(recipe.WarmupSteps, steps), EvaluateEvery = 0, Seed = job.Seed };
        torch.manual_seed(job.Seed).Dispose();
        using var network = new BrewClipNetwork(config, backbone.Clip, backbone.Whisper.Config, settings.TemperatureLearnable);
        var source = Source(job.Method, corpus, config, cancellation);
        using var loader = new BatchLoader<SpeechImageExample>(
            new TwinsTogether<SpeechImageExample>(source, TwinScenes.Of([root])),
            settings.ToLoaderOptions() with { BatchSize = Math.Min(settings.BatchSize, source.Count) });
        var task = new BrewClipTraining(network, backbone.Whisper.Config, source, options: settings.ToTaskOptions());
        var trainer = new Trainer<SpeechImageExample>(task, loader, settings.ToTrainerOptions(folder, resume: true), observers);
        if (trainer.Run(cancellation).Reason == StopReason.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }

        task.Save(folder);
        File.Delete(trainer.CheckpointPath);
    }

    /// <summary>Whether a training is finished.</summary>
    public static bool IsTrained(string folder) => File.Exists(Path.Combine(folder, SafetensorsFile.SingleFileName))
        && File.Exists(Path.Combine(folder, "config.json"));

    // Pictures stay in memory with a source, so that seeds share one.
    private SpeechImageSource Source(ExperimentMethod method, ExperimentCorpus corpus, BrewClipConfig config,
        CancellationToken cancellation)
    {
        if (!_sources.TryGetValue((corpus.Name, method), out var source))
        {
            var backbone = towers.Backbone;
            source = new SpeechImageSource(
                corpus.Captions, caches.For(config, corpus, cancellation), backbone.ClipTokenizer, backbone.ImageProcessor,
                backbone.Clip.Config.Text.ContextLength);
            _sources.Add((corpus.Name, method), source);
        }

        return source;
    }

    private static string Reference(string folder, string tower) =>
        Path.GetRelativePath(Path.GetFullPath(folder), tower).Replace('\\', '/');
}
