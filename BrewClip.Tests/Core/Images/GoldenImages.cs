using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Images;

/// <summary>The thirteen awkward images with the bytes that Pillow and torchvision make of them.</summary>
internal static class GoldenImages
{
    public static readonly string[] Names =
    [
        "cmyk.jpg", "exact.png", "exif_rotated.jpg", "gray.jpg", "gray_alpha.png", "landscape_420.jpg", "landscape_444_progressive.jpg",
        "one_bit.png", "palette.png", "portrait.png", "rgba.png", "sliver.png", "tiny.png",
    ];

    public static string Path(string name) => TestFiles.Golden("clip", "preprocess", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    public static string ExpectedPath(string name) => Path($"expected_{name.Replace('.', '_')}.png");
}
