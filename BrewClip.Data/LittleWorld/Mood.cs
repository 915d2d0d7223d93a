namespace BrewClip.Data.LittleWorld;

/// <summary>What a figure feels: visible in its face, audible in the speaker's voice, never worded.</summary>
public enum Mood
{
    /// <summary>A straight mouth; the speaker's own voice.</summary>
    Neutral,

    /// <summary>A smile; higher, livelier, faster.</summary>
    Happy,

    /// <summary>A drooping mouth and a tear; lower, flatter, slower, quieter.</summary>
    Sad,

    /// <summary>Knit brows and a reddened face; faster, louder, harder.</summary>
    Angry,
}
