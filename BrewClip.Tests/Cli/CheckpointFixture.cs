using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Cli;

/// <summary>A BrewCLIP checkpoint of formula weights with its Whisper and CLIP, some recordings and some pictures, on the disk.</summary>
public sealed class CheckpointFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckpointFixture()
    {
        FormulaCheckpoint.Write(Brew);
        Directory.CreateDirectory(Images);
        for (int i = 0; i < 5; i++)
        {
            byte[] pixels = new byte[40 * 30 * 3];
            new Random(i).NextBytes(pixels);
            PngWriter.Write(Image(i), new RgbImage(40, 30, pixels));
        }

        WriteTone(Speech(0), 220);
        WriteTone(Speech(1), 660);
    }

    public string Brew => _folder["brew model"];

    public string Whisper => Path.Combine(Brew, "whisper");

    public string Clip => Path.Combine(Brew, "clip");

    public string Images => _folder["Bilder für alle"];

    public string Image(int i) => Path.Combine(Images, $"bild №{i} 写真.png");

    public string Speech(int i) => _folder[$"sprache {i} ñ.wav"];

    public string New(string name) => _folder[name];

    public BrewClipModel Load(bool normalize = false) => BrewClipModel.Load(Brew, new BrewClipLoadOptions { Normalize = normalize });

    public void Dispose() => _folder.Dispose();

    private static void WriteTone(string path, double frequency)
    {
        float[] samples = [.. Enumerable.Range(0, 24000)
            .Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * frequency * i / 16000) * Math.Sin(i / 3000.0)))];
        WaveFileWriter.Write(path, new AudioClip(samples, 16000));
    }
}
