namespace BrewClip.Core.Images;

/// <summary>How an encoded image becomes an <see cref="RgbImage"/>.</summary>
public sealed record ImageDecodingOptions
{
    /// <summary>The pixel count above which Pillow refuses an image as a decompression bomb: 2 · ⌊2^30 / 4 / 3⌋.</summary>
    public const long DefaultMaxPixels = 178_956_970;

    /// <summary>The options used where none are given.</summary>
    public static ImageDecodingOptions Default { get; } = new();

    /// <summary>
    /// Whether the EXIF orientation is applied, so that the picture stands upright. Default false, as in the reference
    /// preprocessing; the tag can be read from <see cref="RgbImage.Orientation"/> either way.
    /// </summary>
    public bool ApplyOrientation { get; init; }

    /// <summary>The most pixels that an image may have, 1 or more; checked in the header before anything is allocated. Default
    /// <see cref="DefaultMaxPixels"/>.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>
    /// Whether a truncated or corrupt JPEG is accepted with what could be decoded of it. Default false: it is refused. A damaged PNG
    /// is always refused.
    /// </summary>
    public bool AllowDamagedData { get; init; }
}
