using BrewClip.Core.Audio;
using BrewClip.Core.Images;

namespace BrewClip.Tests.Data;

/// <summary>The smallest recordings and pictures that decode, for trees in the data sets' layouts.</summary>
internal static class TinyMedia
{
    public static void Text(string path, params string[] lines) => Raw(path, string.Concat(lines.Select(line => line + "\n")));

    public static void Raw(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public static void Wave(string path, int samples = 1600)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WaveFileWriter.Write(path, new AudioClip(Enumerable.Range(0, samples).Select(i => MathF.Sin(i * 0.1f) / 2).ToArray(), 16_000));
    }

    /// <summary>A picture; its coding is told by its first bytes, whatever its name ends in.</summary>
    public static void Picture(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngWriter.Encode(new RgbImage(3, 2, new byte[18])));
    }
}
