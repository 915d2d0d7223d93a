namespace BrewClip.Data.Flickr8k;

/// <summary>Where Flickr8k's captions and splits are taken from.</summary>
public enum Flickr8kTables
{
    /// <summary>Flickr8k.token.txt where it is, else captions.txt, with the official split lists.</summary>
    Official,

    /// <summary>dataset_flickr8k.json: Karpathy's captions and splits, which for this data set equal the official ones but for their
    /// order.</summary>
    Karpathy,
}
