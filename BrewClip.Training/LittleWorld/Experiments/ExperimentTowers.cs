using BrewClip.Models.Brew;
using BrewClip.Models.Loading;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>The two frozen models that all rows stand on.</summary>
internal sealed class ExperimentTowers : IDisposable
{
    private ExperimentTowers(string whisper, string clip, BrewClipBackbone backbone) =>
        (WhisperFolder, ClipFolder, Backbone) = (whisper, clip, backbone);

    public string WhisperFolder { get; }

    public string ClipFolder { get; }

    public BrewClipBackbone Backbone { get; }

    /// <summary>Loads <c>clip-nano</c> and <c>whisper-nano</c> from a folder of models, or from a training run's.</summary>
    /// <exception cref="DirectoryNotFoundException">One of them is not there.</exception>
    public static ExperimentTowers Load(string models, CancellationToken cancellation)
    {
        string whisper = Find(models, LittleWorldTraining.WhisperFolder), clip = Find(models, LittleWorldTraining.ClipFolder);
        return new ExperimentTowers(whisper, clip, BrewClipBackbone.Load(whisper, clip, new ModelLoadingOptions(), cancellation));
    }

    /// <summary>The trained variants beside the towers, each of which stands on them.</summary>
    public static IReadOnlyList<GivenModelJob> FindTrained(string models)
    {
        var jobs = new List<GivenModelJob>();
        foreach (string candidate in Directory.GetDirectories(models, LittleWorldTraining.BrewFolder + "*").Order(StringComparer.Ordinal))
        {
            string folder = Best(candidate);
            if (File.Exists(Path.Combine(folder, "config.json")) && BrewClipConfig.Load(folder) is { HasTrainedPart: true })
            {
                string name = Path.GetFileName(candidate);
                jobs.Add(new GivenModelJob("given-" + name, name, folder));
            }
        }

        return jobs;
    }

    public void Dispose() => Backbone.Dispose();

    private static string Find(string models, string name)
    {
        string folder = Path.Combine(models, name);
        return Directory.Exists(folder)
            ? Path.GetFullPath(Best(folder))
            : throw new DirectoryNotFoundException(
                $"'{models}' holds no '{name}': give by --models the folder that 'littleworld export' or 'littleworld train' wrote.");
    }

    // A training run keeps its best model in a folder of its own; an exported model is the folder itself.
    private static string Best(string folder) => Path.Combine(folder, "best") is var best && Directory.Exists(best) ? best : folder;
}
