namespace BrewClip.Data.LittleWorld;

/// <summary>How a corpus sounds.</summary>
public enum SpeakingStyle
{
    /// <summary>A caption is read aloud: one short sentence, as in Flickr8k's and SpokenCOCO's recordings.</summary>
    Scripted,

    /// <summary>A speaker describes while looking: longer, with fillers, repairs and pauses, as in Localized Narratives.</summary>
    Spontaneous,

    /// <summary>
    /// Shreds of captions in no order, which say nothing about the picture: for the training of a transcriber alone, which learns from them
    /// to write what it hears in place of what it expects.
    /// </summary>
    Shuffled,
}

/// <summary>A caption and what a speaker really says.</summary>
/// <param name="Text">The caption: what a careful transcriber writes, without fillers and slips.</param>
/// <param name="Spoken">The words said, fillers and slips included; a comma is a pause.</param>
public sealed record SpokenCaption(string Text, string Spoken);
