namespace BrewClip.Data.LittleWorld;

/// <summary>One image of a corpus before it is painted and spoken.</summary>
/// <param name="FileName">Its file's name.</param>
/// <param name="Split">Its split.</param>
/// <param name="Scene">What it shows.</param>
/// <param name="Captions">Five captions.</param>
/// <param name="Speakers">Who speaks each of them.</param>
/// <param name="TwinOf">The image that differs from this one in mood alone, or null.</param>
public sealed record PlannedImage(
    string FileName, DatasetSplit Split, Scene Scene, IReadOnlyList<SpokenCaption> Captions, IReadOnlyList<Speaker> Speakers,
    string? TwinOf)
{
    /// <summary>The mood of the speakers: the figure's.</summary>
    public Mood Mood => Scene.Figure?.Mood ?? Mood.Neutral;

    /// <summary>The name of a caption's recording, as in the Flickr audio captions.</summary>
    public string WaveName(int caption) => $"{Path.GetFileNameWithoutExtension(FileName)}_{caption}.wav";
}
