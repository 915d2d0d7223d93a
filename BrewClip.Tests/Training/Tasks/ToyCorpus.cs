using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Training.Tasks;

/// <summary>Eight pictures of one colour each, named in words and hummed at a pitch: what a toy model can learn in seconds.</summary>
internal static class ToyCorpus
{
    private static readonly (string Name, byte Red, byte Green, byte Blue)[] _colours =
    [
        ("red", 255, 0, 0), ("green", 0, 255, 0), ("blue", 0, 0, 255), ("white", 255, 255, 255),
        ("black", 0, 0, 0), ("yellow", 255, 255, 0), ("pink", 255, 0, 255), ("cyan", 0, 255, 255),
    ];

    public static ClipTokenizer ClipTokenizer() =>
        new(BytePairTrainer.Learn(Texts(), new BytePairTraining { Flavour = BytePairFlavour.Clip, Merges = 30 }));

    public static WhisperTokenizer WhisperTokenizer() =>
        new(BytePairTrainer.Learn(
            Texts().Select(text => " " + text), new BytePairTraining { Flavour = BytePairFlavour.Whisper, Merges = 30 }));

    public static IReadOnlyList<SpokenImageCaption> Write(TemporaryFolder folder)
    {
        var captions = new List<SpokenImageCaption>();
        for (int i = 0; i < _colours.Length; i++)
        {
            var (name, red, green, blue) = _colours[i];
            string picture = folder[$"{name}.png"];
            File.WriteAllBytes(
                picture,
                PngWriter.Encode(new RgbImage(20, 20, [.. Enumerable.Repeat((byte[])[red, green, blue], 400).SelectMany(pixel => pixel)])));
            for (int take = 0; take < 2; take++)
            {
                string recording = folder[$"{name}_{take}.wav"];
                WaveFileWriter.Write(recording, Hum(200 + 300 * i, 6_000 + 4_000 * take));
                captions.Add(new SpokenImageCaption
                {
                    Id = $"{name}_{take}",
                    ImageId = name,
                    ImagePath = picture,
                    AudioPath = recording,
                    Caption = take == 0 ? name : $"all {name}",
                });
            }
        }

        return captions;
    }

    /// <summary>A recording of 32-bit floats at the end of their range, which no integer format can hold.</summary>
    public static void WriteLoud(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        int bytes = 8_000 * sizeof(float);
        file.Write("RIFF"u8);
        file.Write(36 + bytes);
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write((short)3);
        file.Write((short)1);
        file.Write(16_000);
        file.Write(64_000);
        file.Write((short)4);
        file.Write((short)32);
        file.Write("data"u8);
        file.Write(bytes);
        for (int i = 0; i < 8_000; i++)
        {
            file.Write(i % 2 == 0 ? 3e38f : -3e38f);
        }
    }

    private static IEnumerable<string> Texts() => _colours.SelectMany(colour => (string[])[colour.Name, $"all {colour.Name}"]);

    private static AudioClip Hum(double pitch, int samples) =>
        new(Enumerable.Range(0, samples).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * pitch * i / 16_000)).ToArray(), 16_000);
}
