namespace BrewClip.Data.SpokenCoco;

/// <summary>The divisions of SpokenCOCO that are in use.</summary>
public enum SpokenCocoDivision
{
    /// <summary>The first of <see cref="Ksplit"/>, <see cref="Karpathy"/> and <see cref="Original"/> whose files are there.</summary>
    Automatic,

    /// <summary>SpokenCOCO_{train,val}.json as released: no test split.</summary>
    Original,

    /// <summary>SpokenCOCO_{train,val,test}_karpathy.json, or the same unrolled to one caption an entry.</summary>
    Karpathy,

    /// <summary>SpokenCOCO_ksplit_{train,val,test}.json of SpeechCLIP and of the paper, whose <c>reassign_id</c> is the image id.</summary>
    Ksplit,
}
