namespace BrewClip.Training.Evaluation;

/// <summary>Utterances and the images that they describe, as vectors: all that a retrieval result depends on.</summary>
public sealed record RetrievalEmbeddings
{
    /// <summary>Length of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Ids of the utterances.</summary>
    public required IReadOnlyList<string> UtteranceIds { get; init; }

    /// <summary>[utterances, dimensions], row-major; need not be normalised.</summary>
    public required float[] Utterances { get; init; }

    /// <summary>For each utterance, the id of the image that it describes.</summary>
    public required IReadOnlyList<string> ImageOfUtterance { get; init; }

    /// <summary>Ids of the images, each once.</summary>
    public required IReadOnlyList<string> ImageIds { get; init; }

    /// <summary>[images, dimensions], row-major; need not be normalised.</summary>
    public required float[] Images { get; init; }

    /// <summary>Utterances and images that were left out because they could not be read, with the reason.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>
    /// Makes it of pairs as data sets list them, an image with as many pairs as captions; of equal image ids the first vector is used.
    /// </summary>
    /// <param name="dimensions">Length of a vector.</param>
    /// <param name="pairs">Utterance id, utterance vector, image id, image vector.</param>
    /// <exception cref="ArgumentException">A vector has another length.</exception>
    public static RetrievalEmbeddings FromPairs(
        int dimensions, IEnumerable<(string UtteranceId, float[] Utterance, string ImageId, float[] Image)> pairs)
    {
        List<string> utteranceIds = [], imageOfUtterance = [], imageIds = [];
        List<float> utterances = [], images = [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (utteranceId, utterance, imageId, image) in pairs)
        {
            if (utterance.Length != dimensions || image.Length != dimensions)
            {
                throw new ArgumentException(
                    $"The pair '{utteranceId}' has vectors of {utterance.Length} and {image.Length} numbers: {dimensions} are expected.",
                    nameof(pairs));
            }

            utteranceIds.Add(utteranceId);
            utterances.AddRange(utterance);
            imageOfUtterance.Add(imageId);
            if (known.Add(imageId))
            {
                imageIds.Add(imageId);
                images.AddRange(image);
            }
        }

        return new RetrievalEmbeddings
        {
            Dimensions = dimensions,
            UtteranceIds = utteranceIds,
            Utterances = [.. utterances],
            ImageOfUtterance = imageOfUtterance,
            ImageIds = imageIds,
            Images = [.. images],
        };
    }
}
