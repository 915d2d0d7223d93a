namespace BrewClip.Core.Images;

/// <summary>A container of encoded pixels that BrewClip reads.</summary>
public enum ImageFileFormat
{
    /// <summary>JPEG (ISO/IEC 10918-1): baseline and progressive; gray, YCbCr, RGB, CMYK and YCCK.</summary>
    Jpeg,

    /// <summary>PNG (W3C PNG, third edition): every colour type and depth, interlaced or not.</summary>
    Png,
}
