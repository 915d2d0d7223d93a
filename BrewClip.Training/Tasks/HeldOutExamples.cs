using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Training.Tasks;

/// <summary>
/// Held-out examples for an evaluation: what cannot be loaded is left out and named, as in training, and ends no run. Stateless.
/// </summary>
internal static class HeldOutExamples
{
    /// <summary>Loads some of a source's examples.</summary>
    /// <param name="source">The source; nothing is augmented.</param>
    /// <param name="indices">Which of its examples.</param>
    /// <param name="skipped">Takes those that cannot be loaded, with the reason.</param>
    public static List<TExample> Load<TExample>(IExampleSource<TExample> source, IEnumerable<int> indices, List<SkippedExample> skipped)
    {
        var examples = new List<TExample>();
        foreach (int index in indices)
        {
            try
            {
                examples.Add(source.Load(index, new DeterministicRandom(0)));
            }
            catch (Exception exception)
                when (exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
            {
                skipped.Add(new SkippedExample(source.NameOf(index), exception.Message));
            }
        }

        return examples;
    }

    /// <summary>Refuses an evaluation of nothing.</summary>
    /// <param name="loaded">How many examples could be loaded.</param>
    /// <param name="skipped">Those that could not.</param>
    /// <param name="what">What messages call them.</param>
    /// <exception cref="InvalidDataException">None could; the first reason is in the message.</exception>
    public static void Require(int loaded, List<SkippedExample> skipped, string what)
    {
        if (loaded == 0)
        {
            string first = skipped.Count > 0 ? $"; '{skipped[0].Name}', for one: {skipped[0].Reason}" : ".";
            throw new InvalidDataException($"None of {skipped.Count} held-out {what} could be loaded{first}");
        }
    }
}
