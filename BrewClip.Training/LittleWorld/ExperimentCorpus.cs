using BrewClip.Data;
using BrewClip.Data.Flickr8k;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Training.LittleWorld;

/// <summary>The test split of a corpus, without the scenes that any training has seen.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Captions">Its spoken captions.</param>
/// <param name="Twins">Pairs of images, by id, that differ in mood alone.</param>
/// <param name="LeftOut">Images that were left out, because a training corpus holds their scene.</param>
public sealed record ExperimentCorpus(
    string Name, IReadOnlyList<SpokenImageCaption> Captions, IReadOnlyList<(string Image, string Twin)> Twins, int LeftOut)
{
    /// <summary>Reads a corpus.</summary>
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
        var fresh = test.Where(record => !seen.Contains(record.Scene.WithoutMood())).ToDictionary(record => Stem(record.Image), StringComparer.Ordinal);
        if (fresh.Count == 0)
        {
            throw new InvalidDataException($"Every scene of '{root}' was seen in training: generate a corpus with another seed.");
        }

        var captions = LittleWorldCaptions.Some(new Flickr8kDataset(root).Read(DatasetSplit.Test), captionsOfEachImage)
            .Where(caption => fresh.ContainsKey(caption.ImageId)).ToList();
        return new ExperimentCorpus(
            name,
            captions,
            [.. fresh.Values.Where(record => record.TwinOf is not null && fresh.ContainsKey(Stem(record.TwinOf))).Select(record => (Stem(record.Image), Stem(record.TwinOf!)))],
            test.Count - fresh.Count);
    }

    private static string Stem(string image) => Path.GetFileNameWithoutExtension(image);
}
