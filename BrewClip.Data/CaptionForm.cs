namespace BrewClip.Data;

/// <summary>How captions are given that a data set stores as tokens or in capitals.</summary>
public enum CaptionForm
{
    /// <summary>
    /// As the authors' readers give them. Flickr8k: one final full stop and the space before it dropped, and with <c>captions.txt</c> lower
    /// case. SpokenCOCO: lower case.
    /// </summary>
    Published,

    /// <summary>As they stand in the file.</summary>
    Raw,
}
