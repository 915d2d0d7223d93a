using BrewClip.Data;
using BrewClip.Data.Loading;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// Brings images that differ in mood alone into the same batches more often than chance: next to each other they can only be told apart by
/// how a caption is said (or, where moods are written, by reading of them), and only then does a contrastive loss ask for it. Bucketing
/// sorts by length; here a number takes its place that equal captions of twins have in common.
/// </summary>
/// <param name="source">The examples.</param>
/// <param name="sceneOf">From an image's id to what it and its twins have in common.</param>
internal sealed class TwinsTogether<TExample>(
    IExampleSource<TExample> source, IReadOnlyDictionary<string, string> sceneOf) : IExampleSource<TExample>
{
    public int Count => source.Count;

    public string NameOf(int index) => source.NameOf(index);

    public string GroupOf(int index) => source.GroupOf(index);

    public long LengthOf(int index)
    {
        string image = GroupOf(index);
        string caption = NameOf(index).Replace(image[(image.IndexOf('/') + 1)..], "", StringComparison.Ordinal);
        return (long)(DeterministicRandom.For(0, sceneOf.GetValueOrDefault(image, image) + caption).State >> 1);
    }

    public TExample Load(int index, DeterministicRandom random) => source.Load(index, random);
}
