using BrewClip.Data.LittleWorld;
using BrewClip.Data.Manifests;
using BrewClip.Tests.Data.LittleWorld;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Docs;

public sealed class DataSetSnippetsTests
{
    [Fact]
    public async Task A_corpus_is_listed_and_what_is_missing_is_told()
    {
        using var folder = new TemporaryFolder();
        await new LittleWorldGenerator(new ToneSynthesizer())
            .GenerateAsync(folder.Path, new LittleWorldOptions { Images = 12, ImageSize = 16 });
        using var output = new StringWriter();
        using var errors = new StringWriter();
        DataSetSnippets.Print(folder.Path, new DataSetSnippets.Output(output, errors));
        Assert.Equal((5, ""), (output.ToString().TrimEnd().Split('\n').Length, errors.ToString()));
    }

    [Fact]
    public void The_row_of_the_documentation_is_a_row_of_a_manifest()
    {
        using var folder = new TemporaryFolder();
        string block = File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "data-sets.md")).Split("```json\n")[1].Split("```")[0];
        File.WriteAllText(folder["rows.jsonl"], block);
        var row = Assert.Single(new ManifestDataset(folder["rows.jsonl"]).Read(report: problem => Assert.Fail(problem.ToString())));
        Assert.Equal(("two dogs on the beach", "anna", folder["photos", "beach.jpg"]), (row.Caption, row.Speaker, row.ImagePath));
    }
}
