using System.Globalization;
using BrewClip.Data;
using BrewClip.Data.Flickr8k;

namespace BrewClip.Training.LittleWorld;

/// <summary>The captions of several corpora as one data set.</summary>
internal static class LittleWorldCaptions
{
    /// <summary>The captions of a split of all corpora. Corpora name their images alike, so that ids get the corpus' number.</summary>
    public static List<SpokenImageCaption> Read(IReadOnlyList<string> roots, DatasetSplit split) =>
    [
        .. roots.Index().SelectMany(corpus => new Flickr8kDataset(corpus.Item).Read(split)
            .Select(caption => caption with { ImageId = ImageId(corpus.Index, caption.ImageId) })),
    ];

    /// <summary>Some captions of each image: the first in the data set's order.</summary>
    public static List<SpokenImageCaption> Some(IEnumerable<SpokenImageCaption> captions, int ofEachImage) =>
        [.. captions.GroupBy(caption => caption.ImageId).SelectMany(image => image.Take(ofEachImage))];

    /// <summary>An image's id among several corpora.</summary>
    public static string ImageId(int corpus, string image) =>
        string.Create(CultureInfo.InvariantCulture, $"{corpus}/{Path.GetFileNameWithoutExtension(image)}");
}
