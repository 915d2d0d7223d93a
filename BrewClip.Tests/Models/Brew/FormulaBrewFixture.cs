using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Brew;

/// <summary>A small complete model, written and loaded once for a class of tests, and things for it to hear and see.</summary>
public sealed class FormulaBrewFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FormulaBrewFixture()
    {
        FormulaCheckpoint.Write(_folder.Path);
        Model = BrewClipModel.Load(_folder.Path);
    }

    public BrewClipModel Model { get; }

    public string Folder => _folder.Path;

    /// <summary>Another model over the same files.</summary>
    public BrewClipModel Load(BrewClipLoadOptions options) => BrewClipModel.Load(Folder, options);

    /// <summary>A tone that swells and falls, unlike those of other pitches.</summary>
    public static AudioClip Tone(double seconds, double pitch = 220, int rate = 16000)
    {
        var samples = new float[(int)(seconds * rate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double time = i / (double)rate;
            samples[i] = (float)(0.4 * Math.Sin(2 * Math.PI * pitch * time) * (0.6 + 0.4 * Math.Sin(2 * Math.PI * 3 * time)));
        }

        return new AudioClip(samples, rate);
    }

    public static AudioClip Silence(double seconds) => new(new float[(int)(seconds * 16000)], 16000);

    /// <summary>An image whose colours run differently for each seed.</summary>
    public static RgbImage Picture(int seed, int width = 50, int height = 40)
    {
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((i / 3 % width * (seed + 3)) + (i / 3 / width * (2 * seed + 1)) + i % 3 * 40);
        }

        return new RgbImage(width, height, pixels);
    }

    public void Dispose()
    {
        Model.Dispose();
        _folder.Dispose();
    }
}
