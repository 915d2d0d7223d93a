using System.IO.Compression;
using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Retrieval;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

// The app of eng/pack.sh, which knows BrewClip from its packages alone:
//   make DIR          writes a small checkpoint and a recording
//   default DEMO      loads the small model that its package copied beside this app, and asks it for the pictures of a demo set
//   check DIR FEED    encodes the recording, compares with what the tool's package wrote to DIR/tool.npy, and looks into the packages
string folder = args.Length > 1 ? args[1] : ".";
string checkpoint = Path.Combine(folder, "model"), recording = Path.Combine(folder, "a recording.wav");
switch (args[0])
{
    case "make":
        FormulaCheckpoint.Write(checkpoint);
        float[] tone = [.. Enumerable.Range(0, 24000).Select(i => (float)(0.3 * Math.Sin(i / 12.0) * Math.Sin(i / 3000.0)))];
        WaveFileWriter.Write(recording, new AudioClip(tone, 16000));
        return 0;
    case "check":
        await CheckSpeechAsync();
        CheckPackages(args[2]);
        Console.WriteLine("The packages work.");
        return 0;
    case "default":
        FindByDefaultModel();
        return 0;
    default:
        return 2;
}

void FindByDefaultModel()
{
    using var model = BrewClipModel.LoadDefault();
    using var index = new EmbeddingIndex(model.Dimensions);
    foreach (string picture in Directory.EnumerateFiles(Path.Combine(folder, "images"), "*.png"))
    {
        index.Add(picture, model.EncodeImage(picture));
    }

    var query = model.EncodeSpeech(AudioClip.Load(Path.Combine(folder, "queries", "query_16.wav")));
    var hits = index.Search(query.Vector.Span, top: 3);
    Require(
        hits.Count == 3 && hits[0].Score >= hits[2].Score && query.Vector.Length == model.Dimensions,
        $"{hits.Count} of 3 pictures were found");
    Console.WriteLine($"The default model heard \"{query.Transcript}\" and found {Path.GetFileName(hits[0].Id)}.");
}

async Task CheckSpeechAsync()
{
    using var model = await BrewClipModel.LoadAsync(checkpoint);
    var speech = model.EncodeSpeech(AudioClip.Load(recording));
    Require(speech.Vector.Length == model.Dimensions, $"the vector has {speech.Vector.Length} numbers, the model {model.Dimensions}");
    Require(speech.Status == SpeechStatus.Transcribed && speech.Transcript.Length > 0, $"the recording is {speech.Status}");
    var (expected, shape) = NpyFile.Read(Path.Combine(folder, "tool.npy"));
    Require(shape is [1, var width] && width == model.Dimensions, $"the tool wrote the shape [{string.Join(", ", shape)}]");
    double difference = speech.Vector.ToArray().Zip(expected, (ours, theirs) => Math.Abs((double)ours - theirs)).Max();
    Require(difference < 1e-5, $"the app's vector and the tool's differ by {difference}");
}

static void CheckPackages(string feed)
{
    string[] packages = Directory.GetFiles(feed, "*.nupkg");
    foreach (string package in packages)
    {
        using var archive = ZipFile.OpenRead(package);
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
        string[] libraries =
            [.. names.Where(name => name.StartsWith("lib/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal))];
        Require(names.Contains("README.md"), $"'{package}' holds no README.md");
        Require(libraries.All(name => names.Contains(Path.ChangeExtension(name, ".xml"))), $"'{package}' holds no documentation");
        Require(libraries.Length == 0 || File.Exists(Path.ChangeExtension(package, ".snupkg")), $"there are no symbols beside '{package}'");
        using var nuspec = new StreamReader(
            archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        Require(
            nuspec.ReadToEnd().Contains("<license type=\"expression\">MIT</license>", StringComparison.Ordinal),
            $"'{package}' names no licence");
    }

    string[] ids = [.. packages.Select(package => Path.GetFileName(package))];
    foreach (string id in new[] { "Core", "Models", "Data", "Training", "Extensions.AI", "Cli" })
    {
        Require(ids.Any(name => name.StartsWith($"BrewClip.{id}.", StringComparison.Ordinal)), $"there is no package BrewClip.{id}");
    }
}

static void Require(bool holds, string problem)
{
    if (!holds)
    {
        throw new InvalidOperationException($"The packages do not work: {problem}.");
    }
}
