using System.Globalization;
using BrewClip.Data;
using BrewClip.Data.Flickr8k;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A split of a corpus: to test on, without the scenes that any training has seen, or to train on.</summary>
public sealed record ExperimentCorpus
{
    /// <summary>What tables call it.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the corpus to which noise was added; its own name where none was.</summary>
    public required string CleanName { get; init; }

    /// <summary>Its spoken captions.</summary>
    public required IReadOnlyList<SpokenImageCaption> Captions { get; init; }

    /// <summary>Pairs of images, by id, that differ in mood alone.</summary>
    public IReadOnlyList<(string Image, string Twin)> Twins { get; init; } = [];

    /// <summary>The mood of every image, by id, that shows a figure.</summary>
    public IReadOnlyDictionary<string, Mood> Moods { get; init; } = new Dictionary<string, Mood>();

    /// <summary>Images that were left out, because a training corpus holds their scene.</summary>
    public int LeftOut { get; init; }

    /// <summary>Reads a corpus' test split.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="root">The corpus.</param>
    /// <param name="trainedOn">The corpora whose training split the models have seen.</param>
    /// <param name="captionsOfEachImage">How many captions of each image are taken, 1 to 5.</param>
    /// <exception cref="IOException">A corpus cannot be read.</exception>
    /// <exception cref="InvalidDataException">Every scene was seen in training, or a table is damaged.</exception>
    public static ExperimentCorpus Load(string name, string root, IEnumerable<string> trainedOn, int captionsOfEachImage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(captionsOfEachImage, 1);
        var seen = trainedOn.SelectMany(SceneRecord.Read).Where(record => record.Split == DatasetSplit.Train)
            .Select(record => record.Scene.WithoutMood()).ToHashSet();
        var test = SceneRecord.Read(root).Where(record => record.Split == DatasetSplit.Test).ToList();
        var fresh = test.Where(record => !seen.Contains(record.Scene.WithoutMood()))
            .ToDictionary(record => Stem(record.Image), StringComparer.Ordinal);
        if (fresh.Count == 0)
        {
            throw new InvalidDataException($"Every scene of '{root}' was seen in training: generate a corpus with another seed.");
        }

        return new ExperimentCorpus
        {
            Name = name,
            CleanName = name,
            Captions = [.. LittleWorldCaptions.Some(new Flickr8kDataset(root).Read(DatasetSplit.Test), captionsOfEachImage)
                .Where(caption => fresh.ContainsKey(caption.ImageId))],
            Twins = [.. fresh.Values.Where(record => record.TwinOf is not null && fresh.ContainsKey(Stem(record.TwinOf)))
                .Select(record => (Stem(record.Image), Stem(record.TwinOf!)))],
            Moods = fresh.Values.Where(record => record.HasFigure)
                .ToDictionary(record => Stem(record.Image), record => record.Mood, StringComparer.Ordinal),
            LeftOut = test.Count - fresh.Count,
        };
    }

    /// <summary>Reads a corpus' training split.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="root">The corpus.</param>
    /// <param name="captionsOfEachImage">How many captions of each image are taken, 1 to 5.</param>
    /// <exception cref="IOException">The corpus cannot be read.</exception>
    public static ExperimentCorpus LoadTraining(string name, string root, int captionsOfEachImage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(captionsOfEachImage, 1);
        return new ExperimentCorpus
        {
            Name = name,
            CleanName = name,
            Captions = LittleWorldCaptions.Some(LittleWorldCaptions.Read([root], DatasetSplit.Train), captionsOfEachImage),
            Moods = SceneRecord.Read(root).Where(record => record.HasFigure && record.Split == DatasetSplit.Train)
                .ToDictionary(record => LittleWorldCaptions.ImageId(0, record.Image), record => record.Mood, StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// The utterances that have a twin to be mistaken for: their positions, the twin's image, and a key that both images of a pair share.
    /// </summary>
    public IEnumerable<(int Utterance, string Twin, string Pair)> MoodPairs()
    {
        var twinOf = Twins.SelectMany(pair => ((string Image, string Twin)[])[(pair.Image, pair.Twin), (pair.Twin, pair.Image)])
            .GroupBy(pair => pair.Image, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Twin, StringComparer.Ordinal);
        foreach (var (position, caption) in Captions.Index())
        {
            if (twinOf.TryGetValue(caption.ImageId, out string? twin))
            {
                yield return (position, twin, string.CompareOrdinal(caption.ImageId, twin) < 0 ? caption.ImageId : twin);
            }
        }
    }

    /// <summary>The name of the same corpus with noise.</summary>
    internal static string NoisyName(string clean, double decibels) =>
        string.Create(CultureInfo.InvariantCulture, $"{clean} at {decibels:0.#} dB");

    private static string Stem(string image) => Path.GetFileNameWithoutExtension(image);
}
