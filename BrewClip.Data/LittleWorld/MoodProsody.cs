namespace BrewClip.Data.LittleWorld;

/// <summary>How a mood changes a speaker's voice.</summary>
/// <param name="PitchPercent">Change of the pitch.</param>
/// <param name="RangePercent">Change of the pitch's range.</param>
/// <param name="RatePercent">The rate, 100 being the speaker's own.</param>
/// <param name="Gain">What the loudness is multiplied with.</param>
public sealed record MoodProsody(int PitchPercent, int RangePercent, int RatePercent, double Gain)
{
    /// <summary>
    /// The prosody of a mood: the directions that studies of emotional speech agree on (higher and livelier when happy, lower, flatter and
    /// slower when sad, louder and faster when angry).
    /// </summary>
    public static MoodProsody Of(Mood mood) => mood switch
    {
        Mood.Happy => new(35, 90, 112, 0.8),
        Mood.Sad => new(-25, -60, 78, 0.4),
        Mood.Angry => new(10, 40, 125, 1.3),
        _ => new(0, 0, 100, 0.7),
    };
}
