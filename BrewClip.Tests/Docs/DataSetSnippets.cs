using BrewClip.Data;
using BrewClip.Data.Flickr8k;

namespace BrewClip.Tests.Docs;

/// <summary>The block of docs/data-sets.md, as it stands there.</summary>
internal static class DataSetSnippets
{
    public static void Print(string folder, Output Console)
    {
        var dataset = new Flickr8kDataset(folder);
        foreach (var caption in dataset.Read(DatasetSplit.Test, problem => Console.Error.WriteLine(problem)))
        {
            Console.WriteLine($"{caption.ImageId} {caption.AudioPath}: {caption.Caption}");
        }
    }

    /// <summary>What stands in the console's place, so that the lines above are the documentation's to the letter.</summary>
    public sealed record Output(TextWriter Writer, TextWriter Error)
    {
        public void WriteLine(string line) => Writer.WriteLine(line);
    }
}
