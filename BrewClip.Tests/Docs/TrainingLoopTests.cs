using BrewClip.Core.Images;
using BrewClip.Models.Clip;
using BrewClip.Tests.Support;
using BrewClip.Tests.Training;
using BrewClip.Tests.Training.Tasks;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Docs;

[Collection(RandomStateCollection.Name)]
public sealed class TrainingLoopTests
{
    [Fact]
    public void The_loop_of_the_documentation_is_the_one_that_is_tested()
    {
        string source = File.ReadAllText(Path.Combine(TestFiles.Repository, "BrewClip.Tests", "Docs", "TrainingLoop.cs"));
        const string Begin = "        // <loop>\n";
        int start = source.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        string loop = source[start..source.IndexOf("        // </loop>", StringComparison.Ordinal)];
        string[] lines = [.. loop.TrimEnd().Split('\n').Select(line => line.Length >= 8 ? line[8..] : line)];
        Assert.Contains(
            string.Join('\n', lines), File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "training.md")),
            StringComparison.Ordinal);
        Assert.InRange(lines.Count(line => line.Trim().Length > 0), 1, 36);
    }

    [Fact]
    public void The_loop_learns()
    {
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            var tokenizer = ToyCorpus.ClipTokenizer();
            using var model = ClipModel.Create(SmallModels.ClipShape(tokenizer.VocabularySize, tokenizer.EndOfText), 1);
            var source = new ImageTextSource(
                ToyCorpus.Write(folder), tokenizer, new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 }), 24);
            double first = TrainingLoop.Train(model, source, 1);
            double last = TrainingLoop.Train(model, source, 40);
            Assert.True(last < 0.5 * first, $"{first} to {last}");
            using var loaded = ClipModel.Load("my-clip");
            Assert.Equal(model.Config, loaded.Config);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }
}
