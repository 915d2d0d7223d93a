using BrewClip.Core.Audio;
using BrewClip.Core.Retrieval;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Docs;

public sealed class ReadmeTests
{
    [Fact]
    public void Its_code_is_the_code_that_the_next_test_runs()
    {
        static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string source = File.ReadAllText(Path.Combine(TestFiles.Repository, "BrewClip.Tests", "Docs", "ReadmeTests.cs"));
        string readme = File.ReadAllText(Path.Combine(TestFiles.Repository, "README.md"));
        string[] shown = Lines(readme.Split("```csharp")[1].Split("```")[0]);
        string[] body = Lines(source.Split("// README begins")[^1].Split("// README ends")[0]);
        string[] usings = [.. shown.TakeWhile(line => line.StartsWith("using BrewClip", StringComparison.Ordinal))];
        Assert.All(usings, line => Assert.Contains(line, Lines(source)));
        Assert.Equal(body, shown[usings.Length..]);
    }

    [Fact]
    public async Task Its_code_finds_pictures_by_speech()
    {
        using var folder = new TemporaryFolder();
        FormulaCheckpoint.Write(folder["my-brewclip"]);
        Directory.CreateDirectory(folder["photos"]);
        File.Copy(TestFiles.Golden("clip", "preprocess", "landscape_420.jpg"), folder["photos", "a.jpg"]);
        File.Copy(TestFiles.Golden("clip", "preprocess", "gray.jpg"), folder["photos", "b.jpg"]);
        using var console = new StringWriter();
        await RunAsync([folder["my-brewclip"], folder["photos"], TestFiles.Golden("whisper", "short.wav")], console);
        string[] lines = console.ToString().TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.EndsWith(".jpg", line.Trim()));
    }

    // Named as the class is, so that the lines below are the README's to the letter.
    private static async Task RunAsync(string[] args, TextWriter Console)
    {
        // README begins
        using var model = await BrewClipModel.LoadAsync(args[0]);
        using var index = new EmbeddingIndex(model.Dimensions);
        foreach (string photo in Directory.EnumerateFiles(args[1], "*.jpg"))
        {
            index.Add(photo, model.EncodeImage(photo));
        }

        var query = model.EncodeSpeech(AudioClip.Load(args[2]));
        Console.WriteLine(query.Transcript);
        foreach (var hit in index.Search(query.Vector.Span, top: 3))
        {
            Console.WriteLine($"{hit.Score:0.000} {hit.Id}");
        }
        // README ends
    }
}
