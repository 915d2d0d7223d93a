using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.LittleWorld;

public sealed class LittleWorldGeneratorTests
{
    private static readonly LittleWorldOptions _options = new() { Images = 12, Seed = 5, ImageSize = 32 };

    [Fact]
    public async Task A_corpus_has_every_file_that_its_lists_name_in_Flickr8ks_layout()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(folder.Path, _options);
        string[] tokens = File.ReadAllLines(folder["Flickr8k.token.txt"]);
        Assert.Equal(60, tokens.Length);
        Assert.All(tokens, line => Assert.Matches(@"^scene_\d{6}\.png#[0-4]\t[a-z ]+$", line));
        string[] waves = File.ReadAllLines(folder["flickr_audio", "wav2capt.txt"]);
        Assert.All(waves, line => Assert.Equal(1600, AudioClip.Load(folder["flickr_audio", "wavs", line.Split(' ')[0]]).Samples.Length));
        string[] listed =
            [.. new[] { "train", "dev", "test" }.SelectMany(split => File.ReadAllLines(folder[$"Flickr_8k.{split}Images.txt"]))];
        Assert.Equal(12, listed.Distinct().Count());
        Assert.All(listed, name => Assert.Equal(32, RgbImage.Load(folder["Flicker8k_Dataset", name]).Width));
        Assert.Equal(60, File.ReadAllLines(folder["flickr_audio", "wav2spk.txt"]).Length);
        Assert.Equal(CorpusPlan.Make(_options).Select(image => image.Scene), SceneRecord.Read(folder.Path).Select(record => record.Scene));
    }

    [Fact]
    public async Task A_stopped_generation_goes_on_and_ends_equal_to_an_undisturbed_one()
    {
        using var disturbed = new TemporaryFolder();
        using var peaceful = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var stopping = new ToneSynthesizer(said => { if (said == 20) { stop.Cancel(); } });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new LittleWorldGenerator(stopping).GenerateAsync(disturbed.Path, _options, cancellation: stop.Token));
        Assert.False(File.Exists(disturbed["Flickr8k.token.txt"]));
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(disturbed.Path, _options);
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(peaceful.Path, _options);
        Assert.Equal(Contents(peaceful.Path), Contents(disturbed.Path));
    }

    [Fact]
    public async Task A_folder_of_another_corpus_is_refused()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(folder.Path, _options);
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => new LittleWorldGenerator(new ToneSynthesizer()).GenerateAsync(folder.Path, _options with { Seed = 6 }));
        Assert.Contains("other options", error.Message);
    }

    [EspeakFact]
    public async Task Espeak_speaks_a_sad_sentence_slower_and_quieter_than_an_angry_one()
    {
        var speaker = Speaker.Of(DatasetSplit.Train)[0];
        var sad = await new EspeakSynthesizer().SpeakAsync("a boy & a red star", speaker, Mood.Sad, default);
        var angry = await new EspeakSynthesizer().SpeakAsync("a boy & a red star", speaker, Mood.Angry, default);
        Assert.Equal(16_000, sad.SampleRate);
        Assert.InRange(sad.Duration.TotalSeconds, angry.Duration.TotalSeconds * 1.2, 10);
        Assert.True(Loudness(angry) > 2 * Loudness(sad));
    }

    private static double Loudness(AudioClip clip) => Math.Sqrt(clip.Samples.ToArray().Average(sample => (double)sample * sample));

    private static string[] Contents(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path =>
                $"{Path.GetRelativePath(folder, path)} "
                + $"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];
}

/// <summary>A fact that needs espeak-ng, the generating program, and says so where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EspeakFactAttribute : FactAttribute
{
    public EspeakFactAttribute()
    {
        Skip = EspeakSynthesizer.IsAvailable ? null : "espeak-ng is not installed: only generating speech needs it.";
    }
}
