using BrewClip.Core.Retrieval;

namespace BrewClip.Training.Tasks;

/// <summary>Recalls as named results of an evaluation.</summary>
internal static class Recalls
{
    /// <summary><c>text_to_image_r1</c> and so on for each cutoff both ways, and their mean.</summary>
    public static Dictionary<string, double> Of(RecallAtK recall, string query)
    {
        var results = new Dictionary<string, double>();
        for (int i = 0; i < recall.Cutoffs.Count; i++)
        {
            results[$"{query}_to_image_r{recall.Cutoffs[i]}"] = recall.QueryToImage[i];
            results[$"image_to_{query}_r{recall.Cutoffs[i]}"] = recall.ImageToQuery[i];
        }

        results["recall_mean"] = results.Values.Average();
        return results;
    }
}
