using BrewClip.Data.LittleWorld;

namespace BrewClip.Training.LittleWorld;

/// <summary>Which images are twins.</summary>
internal static class TwinScenes
{
    /// <summary>What an image and its twins have in common, for every image of some corpora.</summary>
    /// <param name="roots">The corpora; an image's id is its file's name after the corpus' number.</param>
    public static Dictionary<string, string> Of(IReadOnlyList<string> roots)
    {
        var scenes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, root) in roots.Index())
        {
            foreach (var record in SceneRecord.Read(root))
            {
                scenes[LittleWorldCaptions.ImageId(number, record.Image)] = LittleWorldCaptions.ImageId(
                    number, record.TwinOf ?? record.Image);
            }
        }

        return scenes;
    }
}
