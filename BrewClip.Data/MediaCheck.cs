namespace BrewClip.Data;

/// <summary>How closely recordings and pictures are looked at.</summary>
public enum MediaCheck
{
    /// <summary>They are there and not empty.</summary>
    Presence,

    /// <summary>Their headers can be read.</summary>
    Header,

    /// <summary>They can be decoded to the end.</summary>
    Decode,
}
