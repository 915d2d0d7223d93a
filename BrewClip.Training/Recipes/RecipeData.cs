using BrewClip.Data;

namespace BrewClip.Training.Recipes;

/// <summary>A split as an experiment reads it: what its tables have wrong is left out and named, and the rest goes on.</summary>
/// <param name="Captions">The records, ids unique.</param>
/// <param name="Problems">What was left out, a sentence each.</param>
public sealed record RecipeData(IReadOnlyList<SpokenImageCaption> Captions, IReadOnlyList<string> Problems)
{
    /// <summary>Reads a split.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="split">One of its splits.</param>
    /// <param name="captionsPerImage">How many captions of each image are taken, the first; null for all.</param>
    /// <param name="utterances">How many records are taken at most, the first; null for all.</param>
    /// <exception cref="InvalidDataException">
    /// The data set has no images, or not one usable record; the first fault is in the message.
    /// </exception>
    /// <exception cref="IOException">A table is missing or cannot be read.</exception>
    public static RecipeData Read(
        ISpeechDataset<Utterance> dataset, DatasetSplit split, int? captionsPerImage = null, int? utterances = null)
    {
        if (dataset is not ISpeechDataset<SpokenImageCaption> captions)
        {
            throw new InvalidDataException($"'{dataset.Name}' has no images: retrieval can neither be trained nor tested on it.");
        }

        var problems = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var ofImage = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = new List<SpokenImageCaption>();
        foreach (var caption in captions.Read(split, Note))
        {
            if (!ids.Add(caption.Id))
            {
                problems.Add($"'{caption.Id}' occurs twice in the {split.ToName()} split of '{dataset.Root}': the first is taken.");
                continue;
            }

            int number = ofImage[caption.ImageId] = ofImage.GetValueOrDefault(caption.ImageId) + 1;
            if (number <= (captionsPerImage ?? int.MaxValue))
            {
                read.Add(caption);
            }

            if (read.Count == utterances)
            {
                break;
            }
        }

        // A record without text is left out by those who read text, and named by them.
        void Note(DatasetProblem problem)
        {
            if (problem.Kind != DatasetProblemKind.EmptyText)
            {
                problems.Add(problem.Message);
            }
        }

        return read.Count > 0
            ? new RecipeData(read, problems)
            : throw new InvalidDataException(
                $"The {split.ToName()} split of '{dataset.Root}' holds no usable record{(problems.Count > 0 ? $": {problems[0]}" : ".")}");
    }
}
