using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Models.Clip;
using BrewClip.Tests.Models;

namespace BrewClip.Tests.Cli;

[Collection(CommandLineCollection.Name)]
public sealed class EmbedVerbTests(CheckpointFixture fixture) : IClassFixture<CheckpointFixture>
{
    [Fact]
    public async Task Images_are_what_the_library_gives_in_the_order_given_and_not_normalised()
    {
        string[] files = [fixture.Image(2), fixture.Image(0), fixture.Image(1)];
        using var model = fixture.Load();

        var (values, shape) = await EmbedAsync(["--model", fixture.Brew, "--image", .. files, "--batch-size", "2"]);

        Assert.Equal([3, model.Dimensions], shape);
        TensorAssert.Close([.. files.SelectMany(file => model.EncodeImage(file))], values, 1e-5);
    }

    [Fact]
    public async Task Texts_of_a_clip_alone_are_what_the_library_gives()
    {
        string[] texts = ["a brown dog", "@home, \"quoted\" — ünïcode"];
        using var clip = ClipEmbedder.Load(fixture.Clip);

        var (values, shape) = await EmbedAsync(["--model", fixture.Clip, "--text", .. texts]);

        Assert.Equal([2, clip.Dimensions], shape);
        TensorAssert.Close([.. clip.EmbedTexts(texts).SelectMany(vector => vector)], values, 1e-5);
    }

    [Fact]
    public async Task Normalised_vectors_have_length_one()
    {
        var (values, _) = await EmbedAsync(["--model", $"{fixture.Whisper} + {fixture.Clip}", "--image", fixture.Image(0), "--normalize"]);

        Assert.Equal(1, values.Sum(value => (double)value * value), 1e-5);
        using var clip = ClipEmbedder.Load(fixture.Clip);
        float[] raw = clip.EmbedImages([RgbImage.Load(fixture.Image(0))])[0];
        double length = Math.Sqrt(raw.Sum(value => (double)value * value));
        TensorAssert.Close([.. raw.Select(value => (float)(value / length))], values, 1e-5);
    }

    [Fact]
    public async Task Speech_is_what_the_library_gives()
    {
        using var model = fixture.Load();

        var (values, shape) = await EmbedAsync(["--model", fixture.Brew, "--speech", fixture.Speech(0), fixture.Speech(1)]);

        Assert.Equal([2, model.Dimensions], shape);
        var expected = model.EncodeSpeech([AudioClip.Load(fixture.Speech(0)), AudioClip.Load(fixture.Speech(1))]);
        TensorAssert.Close([.. expected.SelectMany(speech => speech.Vector.ToArray())], values, 1e-5);
    }

    [Fact]
    public async Task Wrong_use_has_exit_code_2_and_writes_nothing()
    {
        string[][] wrong =
        [
            ["--model", fixture.Clip, "--out", fixture.New("x.npy")],
            ["--model", fixture.Clip, "--out", fixture.New("x.npy"), "--text", "a", "--image", fixture.Image(0)],
            ["--model", fixture.Clip, "--out", Path.Combine(fixture.New("nowhere"), "x.npy"), "--text", "a"],
            ["--model", fixture.Clip, "--text", "a"],
            ["--model", fixture.Clip, "--out", fixture.New("x.npy"), "--speech", fixture.Speech(0)],
        ];
        foreach (string[] arguments in wrong)
        {
            var run = await CommandLine.RunAsync(["embed", .. arguments]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
        }

        Assert.False(File.Exists(fixture.New("x.npy")));
    }

    [Fact]
    public async Task A_broken_image_is_named_and_nothing_is_written()
    {
        File.WriteAllText(fixture.New("broken.png"), "no image");

        var run = await CommandLine.RunAsync(
            "embed", "--model", fixture.Clip, "--image", fixture.Image(0), fixture.New("broken.png"), "--out", fixture.New("y.npy"));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("broken.png", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(fixture.New("y.npy")));
    }

    private async Task<(float[] Values, long[] Shape)> EmbedAsync(string[] arguments)
    {
        string path = fixture.New($"{Guid.NewGuid():N}.npy");
        var run = await CommandLine.RunAsync(["embed", .. arguments, "--out", path]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("", run.Output);
        return NpyFile.Read(path);
    }
}
