using BrewClip.Cli.Terminal;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Data.LittleWorld;
using BrewClip.Models.Brew;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;
using BrewClip.Tests.Training.LittleWorld.Experiments;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Cli.Demo;

[Collection(CommandLineCollection.Name)]
public sealed class DemoVerbTests : IClassFixture<DemoVerbTests.Fixture>
{
    private readonly Fixture _demo;

    public DemoVerbTests(Fixture demo) => _demo = demo;

    [Fact]
    public async Task Every_query_is_answered_on_the_terminal_on_the_page_and_in_figures_for_every_variant()
    {
        var run = await RunAsync("--out", _demo["page.html"], "--picture", _demo["picture.png"]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        string[] lines = run.Output.Split('\n');
        Assert.Equal(40, lines.Count(line => line.StartsWith("query_", StringComparison.Ordinal) && line.Contains('"')));
        Assert.Equal(40, lines.Count(
            line => line.StartsWith("  right  ", StringComparison.Ordinal) || line.StartsWith("  wrong  ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith(" of 40 right.", StringComparison.Ordinal));
        Assert.All((string[])["pipeline, zero-shot", "full "], name =>
            Assert.EndsWith(" of 16", Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal)).TrimEnd()));
        Assert.Contains(_demo["page.html"], lines);
        Assert.Contains(_demo["picture.png"], lines);

        string page = File.ReadAllText(_demo["page.html"]);
        Assert.Equal(40, Count(page, "<audio "));
        Assert.Equal(8, Count(page, "<section class=\"pair\">"));
        Assert.Equal(40, Count(page, "where the model looked"));
        Assert.DoesNotContain("http", page);

        var picture = RgbImage.Load(_demo["picture.png"]);
        Assert.InRange(picture.Width, 800, 1200);
        Assert.InRange(picture.Height, 600, 1000);
        Assert.InRange(new FileInfo(_demo["picture.png"]).Length, 5_000, 300_000);
    }

    [Fact]
    public async Task A_recording_of_the_users_own_is_answered()
    {
        string recording = _demo["my own ñ.wav"];
        WaveFileWriter.Write(
            recording, new AudioClip(Enumerable.Range(0, 30_000).Select(i => 0.2f * MathF.Sin(i * 0.05f)).ToArray(), 22_050));
        var run = await RunAsync("--speech", recording, "--out", _demo["own.html"]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("my own ñ.wav  ", run.Output);
        Assert.Equal(3, Count(run.Output, "scene_"));
        Assert.DoesNotContain("right", run.Output);
        string page = File.ReadAllText(_demo["own.html"]);
        Assert.Equal((1, 0), (Count(page, "<audio "), Count(page, "<table>")));
    }

    [Fact]
    public async Task What_is_no_recording_no_demo_or_no_model_is_refused_by_a_sentence()
    {
        File.WriteAllText(_demo["empty.wav"], "");
        foreach (string[] arguments in (string[][])
            [["--speech", _demo["absent.wav"]], ["--speech", _demo["empty.wav"]], ["--data", _demo["nowhere"]],
                ["--models", _demo["images"]]])
        {
            var run = await RunAsync([.. arguments, "--out", _demo["never.html"]]);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains(Path.GetFileName(arguments[1]), run.Errors);
            Assert.DoesNotContain("   at ", run.Errors);
        }

        Directory.CreateDirectory(_demo["bare", LittleWorldDemoSet.ImagesFolder]);
        File.WriteAllText(_demo["bare", LittleWorldDemoSet.ManifestFile], "");
        var bare = await RunAsync("--data", _demo["bare"], "--out", _demo["never.html"]);
        Assert.Equal(ExitCode.Failed, bare.ExitCode);
        Assert.Contains("holds 0 pictures and 0 queries", bare.Errors);
        Assert.False(File.Exists(_demo["never.html"]));
    }

    private Task<CommandLine> RunAsync(params string[] arguments)
    {
        string[] places = ["--data", _demo[""], "--models", _demo.Models];
        return CommandLine.RunAsync(["demo", .. arguments,
            .. Enumerable.Range(0, 2).Where(i => !arguments.Contains(places[2 * i])).SelectMany(i => places[(2 * i)..(2 * i + 2)])]);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>The demo's set of hummed queries, and a model of both channels over towers that have learnt nothing.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly ToyExperiment _toy = new();

        public Fixture()
        {
            new LittleWorldDemoSet(new ToneSynthesizer())
                .WriteAsync(_folder.Path, new LittleWorldOptions { Images = 1500, Seed = 5, ImageSize = 16 })
                .GetAwaiter().GetResult();
            var backbone = BrewClipBackbone.Load(Path.Combine(Models, "whisper-nano"), Path.Combine(Models, "clip-nano"));
            var network = new BrewClipNetwork(ExperimentMethod.Full.ToConfig("-", "-"), backbone.Clip, backbone.Whisper.Config);
            using var model = new BrewClipModel(backbone, network);
            model.Save(Path.Combine(Models, "brewclip-nano"));
        }

        public string Models => _toy["models"];

        public string this[params string[] parts] => parts is [""] ? _folder.Path : _folder[parts];

        public void Dispose()
        {
            _toy.Dispose();
            _folder.Dispose();
        }
    }
}
