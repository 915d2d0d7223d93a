namespace BrewClip.Core.Images;

/// <summary>What becomes of the part of an image that does not fit a square.</summary>
public enum ImageCropPolicy
{
    /// <summary>
    /// The short side is resized to fit and the middle of the long side is kept: what CLIP was trained with, and the default.
    /// </summary>
    CenterCrop,

    /// <summary>
    /// The long side is resized to fit and the rest is filled with the mean colour, which normalises to about zero. Nothing is lost.
    /// </summary>
    Letterbox,

    /// <summary>
    /// Five views of the image with its short side at 8/7 of the size (256 for 224): the corners top left, top right, bottom left,
    /// bottom right, then the centre, in torchvision's order. Their embeddings are averaged by the caller.
    /// </summary>
    FiveCrop,
}
