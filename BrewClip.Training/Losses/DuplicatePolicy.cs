namespace BrewClip.Training.Losses;

/// <summary>What a pair of different utterances of the same image means inside one batch.</summary>
public enum DuplicatePolicy
{
    /// <summary>Left out of the denominator: neither positive nor negative. SpeechCLIP's rule, the authors' and the default.</summary>
    Masked,

    /// <summary>A negative like any other: CLIP's rule, one positive a row.</summary>
    OneHot,

    /// <summary>A positive: the n pairs of one image share the target, 1/n each. Cross-Modal Denoising's rule.</summary>
    Uniform,
}
