using System.Text.RegularExpressions;
using BrewClip.Data;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// Captions as people write them under pictures, which nobody speaks: they name what a face shows. CLIP learned from such texts what moods
/// look like; a clip-nano that never read of one would have no reason to see it. No recording and no transcript has these words.
/// </summary>
internal static partial class WrittenCaptions
{
    /// <summary>The captions, and each caption of a figure once more with its mood.</summary>
    /// <param name="captions">Of several corpora, by <see cref="LittleWorldCaptions.Read"/>.</param>
    /// <param name="roots">The corpora, in the same order.</param>
    public static List<SpokenImageCaption> WithMoods(IReadOnlyList<SpokenImageCaption> captions, IReadOnlyList<string> roots)
    {
        var moods = roots.Index()
            .SelectMany(corpus => SceneRecord.Read(corpus.Item).Where(record => record.HasFigure)
                .Select(record => (Id: LittleWorldCaptions.ImageId(corpus.Index, record.Image), record.Mood)))
            .ToDictionary(item => item.Id, item => item.Mood, StringComparer.Ordinal);
        return
        [
            .. captions,
            .. captions.Where(caption => caption.Caption is not null && moods.ContainsKey(caption.ImageId)).Select(caption => caption with
            {
                Id = caption.Id + " written",
                AudioPath = null,
                Caption = Figure().Replace(caption.Caption!, $"{Word(moods[caption.ImageId])} $1"),
            }),
        ];
    }

    private static string Word(Mood mood) => mood switch
    {
        Mood.Happy => "a happy",
        Mood.Sad => "a sad",
        Mood.Angry => "an angry",
        _ => "a calm",
    };

    [GeneratedRegex(@"\ba (girl|boy|man|woman)\b")]
    private static partial Regex Figure();
}
