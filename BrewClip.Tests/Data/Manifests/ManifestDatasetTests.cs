using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Data.Manifests;
using BrewClip.Tests.Data.Flickr8k;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Manifests;

public sealed class ManifestDatasetTests
{
    [Fact]
    public void Json_lines_give_records_with_paths_relative_to_the_manifest()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Text(folder["m.jsonl"],
            """{"image":"pictures/a.jpg","audio":"/sounds/a.wav","text":"a dog","speaker":5,"split":"val","mood":"glad","tags":["x",1]}""",
            "",
            """{"image":"b.png","text":"zwei Hündchen","image_id":"b","id":"second"}""");
        var records = new ManifestDataset(folder["m.jsonl"]).Read().ToList();
        Assert.Equal(folder["pictures", "a.jpg"], records[0].ImagePath);
        Assert.Equal(Path.GetFullPath("/sounds/a.wav"), records[0].AudioPath);
        Assert.Equal(
            ("/sounds/a.wav", "pictures/a.jpg", "a dog", "5"), (records[0].Id, records[0].ImageId, records[0].Caption, records[0].Speaker));
        Assert.Equal([("mood", "glad"), ("tags", "[\"x\",1]")], records[0].Extra.Select(e => (e.Key, e.Value)));
        Assert.Equal(("second", "b", "zwei Hündchen"), (records[1].Id, records[1].ImageId, records[1].Caption));
        Assert.Null(records[1].AudioPath);
    }

    [Fact]
    public void Csv_columns_may_come_in_any_order_and_hold_anything()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["m.csv"], "text,image,split,note\r\n\"one, \"\"two\"\"\nthree\",a.jpg,TEST,n\r\nfour,b.jpg,,\r\n");
        var dataset = new ManifestDataset(folder["m.csv"]);
        var records = dataset.Read().ToList();
        Assert.Equal(["one, \"two\"\nthree", "four"], records.Select(r => r.Caption));
        Assert.Equal(["line 2", "line 4"], records.Select(r => r.Id));
        Assert.Equal("n", records[0].Extra["note"]);
        Assert.Equal(["four"], dataset.Read(DatasetSplit.Train).Select(r => r.Caption));
        Assert.Single(dataset.Read(DatasetSplit.Test));
        Assert.Empty(dataset.Read(DatasetSplit.Development));
    }

    [Theory]
    [InlineData(MediaCheck.Presence)]
    [InlineData(MediaCheck.Header)]
    [InlineData(MediaCheck.Decode)]
    public async Task A_pipe_in_the_place_of_a_recording_or_an_image_is_named_and_never_opened(MediaCheck depth)
    {
        using var folder = new TemporaryFolder();
        if (NamedPipe.Create(folder["a.wav"]) is not { } sound || NamedPipe.Create(folder["a.jpg"]) is not { } picture)
        {
            return;
        }

        TinyMedia.Text(folder["m.jsonl"], """{"image":"a.jpg","audio":"a.wav","text":"a dog"}""");
        var check = Task.Run(() => new ManifestDataset(folder["m.jsonl"]).Check(new DatasetCheckOptions { Media = depth }).ToList());
        var problems = await check.WaitAsync(NamedPipe.Patience);
        Assert.Equal([picture, sound], problems.Select(problem => problem.File));
        Assert.All(problems, problem => Assert.Equal(DatasetProblemKind.Unreadable, problem.Kind));
        Assert.Equal(ContentHash.OfText(""), await Task.Run(() => ContentHash.OfFile(sound)).WaitAsync(NamedPipe.Patience));
    }

    [Theory]
    [InlineData("m.jsonl")]
    [InlineData("m.csv")]
    public void Any_data_set_can_be_written_as_a_manifest_and_read_back(string name)
    {
        using var folder = new TemporaryFolder();
        TinyFlickr8k.Create(folder);
        var flickr = new BrewClip.Data.Flickr8k.Flickr8kDataset(folder.Path);
        ManifestWriter.Write(folder[name], flickr);
        var manifest = new ManifestDataset(folder[name]);
        foreach (var split in flickr.Splits)
        {
            Assert.Equal(
                flickr.Read(split).Select(r => (r.Id, r.ImageId, r.ImagePath, r.AudioPath, r.Caption, r.Speaker)),
                manifest.Read(split).Select(r => (r.Id, r.ImageId, r.ImagePath, r.AudioPath, r.Caption, r.Speaker)));
        }

        Assert.Empty(manifest.Check(new DatasetCheckOptions { Media = MediaCheck.Decode }));
        Assert.DoesNotContain(folder.Path, File.ReadAllText(folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_fields_survive_in_json_lines()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Text(folder["a.jsonl"], """{"image":"a.jpg","text":"x","mood":"glad"}""");
        ManifestWriter.Write(folder["b.jsonl"], new ManifestDataset(folder["a.jsonl"]));
        Assert.Equal("glad", new ManifestDataset(folder["b.jsonl"]).Read().Single().Extra["mood"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"audio\":\"a.wav\"}")]
    [InlineData("{\"image\":\"a.jpg\"}")]
    [InlineData("{\"image\":[],\"text\":\"x\"}")]
    [InlineData("{\"image\":\"a.jpg\",\"text\":\"x\",\"text\":\"y\"}")]
    [InlineData("{\"image\":\"a.jpg\",\"text\":\"x\",\"split\":\"trian\"}")]
    [InlineData("{\"image\":\"a\\u0000.jpg\",\"text\":\"x\"}")]
    [InlineData("{\"image\":\"good.jpg\",\"text\":\"x\",\"id\":\"first\"}")]
    public void A_wrong_line_is_named_and_the_others_are_read(string line)
    {
        using var folder = new TemporaryFolder();
        const string Good = """{"image":"good.jpg","text":"good","id":"first"}""";
        TinyMedia.Text(folder["m.jsonl"], Good, line, Good.Replace("first", "third", StringComparison.Ordinal));
        var dataset = new ManifestDataset(folder["m.jsonl"]);
        var problems = new List<DatasetProblem>();
        Assert.Equal(["first", "third"], dataset.Read(null, problems.Add).Select(r => r.Id));
        Assert.Equal(2, Assert.Single(problems).Line);
        Assert.Contains(
            "m.jsonl', line 2", Assert.Throws<InvalidDataException>(() => dataset.Read().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_a_csv_are_named_by_line()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["m.csv"], "image,text\na.jpg,\"x\ny\"\nb.jpg\nc.jpg,z,too many\n");
        var problems = new List<DatasetProblem>();
        Assert.Single(new ManifestDataset(folder["m.csv"]).Read(null, problems.Add));
        Assert.Equal([4, 5], problems.Select(p => p.Line!.Value));
        TinyMedia.Raw(folder["n.csv"], "picture,text\na.jpg,x\n");
        Assert.Contains("'image'", Assert.Throws<InvalidDataException>(
            () => new ManifestDataset(folder["n.csv"]).Read().Count()).Message, StringComparison.Ordinal);
        TinyMedia.Raw(folder["o.csv"], "image,text\na.jpg,\"never ends\n");
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(
            () => new ManifestDataset(folder["o.csv"]).Read().Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_text_beside_audio_is_mentioned()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Text(folder["m.jsonl"], """{"image":"a.jpg","audio":"a.wav","text":" "}""");
        Assert.Contains(new ManifestDataset(folder["m.jsonl"]).Check(), p => p.Kind == DatasetProblemKind.EmptyText && p.Line == 1);
    }

    [Fact]
    public void Other_endings_and_missing_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => new ManifestDataset(folder["m.xlsx"]));
        Assert.Throws<FileNotFoundException>(() => new ManifestDataset(folder["m.csv"]));
        Assert.Throws<ArgumentException>(() => ManifestWriter.Write(folder["m.txt"], []));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
