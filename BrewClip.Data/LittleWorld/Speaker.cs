namespace BrewClip.Data.LittleWorld;

/// <summary>One synthetic speaker.</summary>
/// <param name="Id">Its number, unique in Little World.</param>
/// <param name="Voice">espeak-ng's name of accent and timbre, such as <c>en-us+f2</c>.</param>
/// <param name="WordsPerMinute">Its usual rate.</param>
/// <param name="Pitch">Its usual pitch on espeak-ng's scale, 0 to 99.</param>
/// <param name="Gain">What its samples are multiplied with.</param>
public sealed record Speaker(int Id, string Voice, int WordsPerMinute, int Pitch, double Gain)
{
    private static readonly string[] _accents =
        ["en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029"];

    private static readonly string[] _timbresInTraining = ["m1", "m2", "m3", "m6", "f1", "f2", "f3", "m8"];
    private static readonly string[] _timbresInDevelopment = ["m4", "f5"];
    private static readonly string[] _timbresInTest = ["m5", "m7", "f4"];

    /// <summary>The speakers of a split. No timbre speaks in two splits.</summary>
    public static IReadOnlyList<Speaker> Of(DatasetSplit split) => split switch
    {
        DatasetSplit.Train => Make(1, _timbresInTraining),
        DatasetSplit.Development => Make(101, _timbresInDevelopment),
        _ => Make(201, _timbresInTest),
    };

    private static Speaker[] Make(int firstId, string[] timbres)
    {
        var speakers = new List<Speaker>();
        foreach (string timbre in timbres)
        {
            foreach (string accent in _accents)
            {
                int id = firstId + speakers.Count;
                var random = DeterministicRandom.For((ulong)id, "speaker");
                speakers.Add(new Speaker(id, $"{accent}+{timbre}", 145 + random.Next(30), 40 + random.Next(20), random.Between(0.75, 1.0)));
            }
        }

        return [.. speakers];
    }
}
