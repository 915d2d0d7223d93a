using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Data.Loading;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// Brings images that differ in mood alone into the same batches more often than chance: next to each other they can only be told apart by
/// how a caption is said, and only then does a contrastive loss ask for it. Bucketing sorts by length; here a scene's number takes its place.
/// </summary>
/// <param name="source">The examples.</param>
/// <param name="sceneOf">From an image's id to what it and its twins have in common.</param>
internal sealed class TwinsTogether(IExampleSource<SpeechImageExample> source, IReadOnlyDictionary<string, string> sceneOf) : IExampleSource<SpeechImageExample>
{
    public int Count => source.Count;

    /// <summary>What an image and its twins have in common, for every image of some corpora.</summary>
    /// <param name="roots">The corpora; an image's id is its file's name after the corpus' number.</param>
    public static Dictionary<string, string> ScenesOf(IReadOnlyList<string> roots)
    {
        var scenes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, root) in roots.Index())
        {
            foreach (var record in SceneRecord.Read(root))
            {
                scenes[LittleWorldCaptions.ImageId(number, record.Image)] = LittleWorldCaptions.ImageId(number, record.TwinOf ?? record.Image);
            }
        }

        return scenes;
    }

    public string NameOf(int index) => source.NameOf(index);

    public string GroupOf(int index) => source.GroupOf(index);

    public long LengthOf(int index) =>
        (long)(DeterministicRandom.For(0, sceneOf.GetValueOrDefault(GroupOf(index), GroupOf(index))).State >> 1);

    public SpeechImageExample Load(int index, DeterministicRandom random) => source.Load(index, random);
}
