using BrewClip.Core.Images;

namespace BrewClip.Core.Dependencies;

/// <summary>Who decodes JPEG in this profile.</summary>
internal static class ImageDecoding
{
    /// <summary>ImageSharp.</summary>
    public static IImageDecoder CreateDecoder() => new ImageSharpDecoder();
}
