namespace BrewClip.Data.Flickr8k;

/// <summary>How <see cref="Flickr8kDataset"/> reads.</summary>
public sealed record Flickr8kOptions
{
    /// <summary>Where captions and splits come from. Default: the corpus' own files.</summary>
    public Flickr8kTables Tables { get; init; } = Flickr8kTables.Official;

    /// <summary>How captions are spelled. Default published: without the final full stop.</summary>
    public CaptionForm CaptionForm { get; init; } = CaptionForm.Published;
}
