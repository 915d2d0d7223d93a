namespace BrewClip.Data.LittleWorld;

/// <summary>
/// Shreds of many captions, one after another: natural within two or three words, and beyond them nothing tells what comes next. Whoever
/// learns to transcribe from sentences of few forms learns the forms; from these it learns to listen.
/// </summary>
internal static class ShuffledSpeech
{
    private const int FewestWords = 6, MostWords = 13, LongestShred = 3;

    /// <summary>Shreds of captions of the family's forms, scripted and spontaneous ones, of scenes of its own.</summary>
    public static SpokenCaption Say(WordingFamily family, DeterministicRandom random)
    {
        var sampler = new SceneSampler(random.NextBits());
        int count = FewestWords + random.Next(MostWords - FewestWords + 1);
        var words = new List<string>();
        while (words.Count < count)
        {
            var style = random.Chance(0.5) ? SpeakingStyle.Scripted : SpeakingStyle.Spontaneous;
            string[] caption = random.Pick(CaptionWriter.Write(sampler.Next(), family, style, random)).Text.Split(' ');
            int length = Math.Min(1 + random.Next(LongestShred), count - words.Count);
            int start = random.Next(Math.Max(1, caption.Length - length + 1));
            words.AddRange(caption.Skip(start).Take(length));
        }

        string text = string.Join(' ', words);
        return new SpokenCaption(text, text);
    }
}
