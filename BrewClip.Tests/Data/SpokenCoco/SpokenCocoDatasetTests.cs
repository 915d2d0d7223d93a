using BrewClip.Data;
using BrewClip.Data.SpokenCoco;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.SpokenCoco;

public sealed class SpokenCocoDatasetTests
{
    private const string Grouped =
        """
        {"info":{"nested":[1,{"data":[]}]},"data":[
          {"image":"val2014/COCO_val2014_000000000009.jpg","captions":[
            {"text":"A RED TABKE","speaker":"m1","uttid":"m1-X_9_1","wav":"wavs/val/0/m1-X_9_1.wav"},
            {"text":"TWO DOGS","speaker":"m2","uttid":"m2-Y_9_2","wav":"wavs/val/0/m2-Y_9_2.wav","parse_tree":"( two dogs )"}]},
          {"image":"train2014/COCO_train2014_000000000025.jpg","reassign_id":7,"captions":[
            {"text":"A GIRAFFE","speaker":"m1","uttid":"m1-Z_25_3","wav":"wavs/val/1/m1-Z_25_3.wav"}]}
        ],"after":1}
        """;

    private const string Unrolled =
        """
        {"data":[
          {"image":"val2014/COCO_val2014_000000000009.jpg","caption":{"text":"A RED TABKE","speaker":"m1","uttid":"m1-X_9_1","wav":"wavs/val/0/m1-X_9_1.wav"}},
          {"image":"val2014/COCO_val2014_000000000009.jpg","caption":{"text":"TWO DOGS","speaker":"m2","uttid":"m2-Y_9_2","wav":"wavs/val/0/m2-Y_9_2.wav"}}]}
        """;

    [Fact]
    public void Grouped_captions_become_a_record_each()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["SpokenCOCO", "SpokenCOCO_val.json"], Grouped);
        Directory.CreateDirectory(folder["mscoco_img", "val2014"]);
        var dataset = new SpokenCocoDataset(folder.Path);
        Assert.Equal(SpokenCocoDivision.Original, dataset.Division);
        var records = dataset.Read(DatasetSplit.Development).ToList();
        Assert.Equal(["m1-X_9_1", "m2-Y_9_2", "m1-Z_25_3"], records.Select(r => r.Id));
        Assert.Equal(["9", "9", "7"], records.Select(r => r.ImageId));
        Assert.Equal("a red tabke", records[0].Caption);
        Assert.Equal("m2", records[1].Speaker);
        Assert.Equal(folder["mscoco_img", "val2014", "COCO_val2014_000000000009.jpg"], records[0].ImagePath);
        Assert.Equal(folder["SpokenCOCO", "wavs", "val", "0", "m1-X_9_1.wav"], records[0].AudioPath);
    }

    [Fact]
    public void Unrolled_and_grouped_files_give_the_same_records()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["grouped", "SpokenCOCO_test_karpathy.json"], Grouped);
        TinyMedia.Raw(folder["unrolled", "SpokenCOCO_test_unrolled_karpathy.json"], Unrolled);
        var grouped = new SpokenCocoDataset(folder["grouped"]).Read(DatasetSplit.Test).Take(2).ToList();
        var unrolled = new SpokenCocoDataset(folder["unrolled"]).Read(DatasetSplit.Test).ToList();
        Assert.Equal(
            grouped.Select(r => (r.Id, r.ImageId, r.Caption, r.Speaker)), unrolled.Select(r => (r.Id, r.ImageId, r.Caption, r.Speaker)));
    }

    [Fact]
    public void The_authors_division_is_preferred_and_each_can_be_asked_for()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["SpokenCOCO_ksplit_test.json"], Grouped);
        TinyMedia.Raw(folder["SpokenCOCO_test_karpathy.json"], Unrolled);
        TinyMedia.Raw(folder["SpokenCOCO_val.json"], Unrolled);
        Assert.Equal(SpokenCocoDivision.Ksplit, new SpokenCocoDataset(folder.Path).Division);
        var karpathy = new SpokenCocoDataset(
            folder.Path, new SpokenCocoOptions { Division = SpokenCocoDivision.Karpathy, CaptionForm = CaptionForm.Raw });
        Assert.Equal("A RED TABKE", karpathy.Read(DatasetSplit.Test).First().Caption);
        var original = new SpokenCocoDataset(folder.Path, new SpokenCocoOptions { Division = SpokenCocoDivision.Original });
        Assert.Equal([DatasetSplit.Train, DatasetSplit.Development], original.Splits);
        Assert.Throws<ArgumentException>(() => original.Read(DatasetSplit.Test).Count());
    }

    [Fact]
    public void A_whole_small_tree_passes_its_check_and_holes_are_listed()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["SpokenCOCO", "SpokenCOCO_train.json"], Unrolled.Replace(
            "_9_", "_8_", StringComparison.Ordinal).Replace("000009", "000008", StringComparison.Ordinal));
        TinyMedia.Raw(folder["SpokenCOCO", "SpokenCOCO_val.json"], Unrolled);
        foreach (string id in new[] { "m1-X_9_1", "m2-Y_9_2", "m1-X_8_1", "m2-Y_8_2" })
        {
            TinyMedia.Wave(folder["SpokenCOCO", "wavs", "val", "0", id + ".wav"]);
        }

        TinyMedia.Picture(folder["mscoco_img", "val2014", "COCO_val2014_000000000009.jpg"]);
        TinyMedia.Picture(folder["mscoco_img", "val2014", "COCO_val2014_000000000008.jpg"]);
        var dataset = new SpokenCocoDataset(folder.Path);
        Assert.Empty(dataset.Check(new DatasetCheckOptions { Media = MediaCheck.Decode }));
        File.Delete(folder["mscoco_img", "val2014", "COCO_val2014_000000000009.jpg"]);
        Assert.Single(dataset.Check(), p => p.Kind == DatasetProblemKind.Missing);
        TinyMedia.Raw(folder["SpokenCOCO", "SpokenCOCO_train.json"], Unrolled);
        var kinds = dataset.Check().Select(p => p.Kind).ToList();
        Assert.Equal(2, kinds.Count(k => k == DatasetProblemKind.Duplicate));
        Assert.Contains(DatasetProblemKind.SplitOverlap, kinds);
    }

    [Theory]
    [InlineData("1", "object")]
    [InlineData("{}", "'image'")]
    [InlineData("{\"image\":\"val2014/x.jpg\",\"captions\":[]}", "number")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\",\"captions\":[]}", "no captions")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\"}", "no captions")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\",\"captions\":{}}", "no list")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\",\"captions\":[{\"text\":\"A\"}]}", "'wav'")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\",\"captions\":[{\"text\":\"A\",\"wav\":\"../../evil.wav\"}]}", "evil.wav")]
    [InlineData("{\"image\":\"../val2014/COCO_val2014_1.jpg\",\"captions\":[]}", "no path")]
    [InlineData("{\"image\":\"val2014/COCO_val2014_1.jpg\",\"captions\":[{\"wav\":[]}]}", "'wav'")]
    [InlineData("{\"image\":\"\\ud800_1.jpg\",\"captions\":[]}", "entry 2")]
    public void A_wrong_entry_is_named_and_the_others_are_read(string entry, string says)
    {
        using var folder = new TemporaryFolder();
        string good = Unrolled[(Unrolled.IndexOf('[', StringComparison.Ordinal) + 1)..Unrolled.LastIndexOf(']')].Split(",\n")[0];
        string file = folder["SpokenCOCO_val.json"];
        TinyMedia.Raw(file, $"{{\"data\":[{good},{entry},{good}]}}");
        var dataset = new SpokenCocoDataset(folder.Path);
        var problems = new List<DatasetProblem>();
        Assert.Equal(2, dataset.Read(DatasetSplit.Development, problems.Add).Count());
        var problem = Assert.Single(problems);
        Assert.Contains("entry 2", problem.Message, StringComparison.Ordinal);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal(file, problem.File);
        Assert.Throws<InvalidDataException>(() => dataset.Read(DatasetSplit.Development).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{\"data\":[]}]")]
    [InlineData("{}")]
    [InlineData("{\"data\":3}")]
    [InlineData("{\"data\":[")]
    [InlineData("{\"data\":[{\"image\":")]
    [InlineData("{\"data\":[{} {}]}")]
    [InlineData("{\"other\":[1,2")]
    public void A_broken_file_is_refused_by_name(string json)
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["SpokenCOCO_val.json"], json);
        var dataset = new SpokenCocoDataset(folder.Path);
        string message = Assert.Throws<InvalidDataException>(() => dataset.Read(DatasetSplit.Development, _ => { }).Count()).Message;
        Assert.Contains("SpokenCOCO_val.json", message, StringComparison.Ordinal);
        Assert.Contains(dataset.Check(), p => p.Kind == DatasetProblemKind.Unreadable);
    }

    [Fact]
    public void A_file_larger_than_the_buffer_is_read_in_pieces()
    {
        using var folder = new TemporaryFolder();
        string text = new('A', 3_000);
        var entries = Enumerable.Range(0, 200).Select(i =>
            $"{{\"image\":\"val2014/COCO_val2014_{i:D12}.jpg\",\"caption\":{{\"text\":\"{(i == 50 ? new string('B', 200_000) : text)}\","
            + $"\"uttid\":\"u{i}\",\"wav\":\"w/{i}.wav\"}}}}");
        TinyMedia.Raw(
            folder["SpokenCOCO_val.json"], $"{{\"long\":\"{new string('x', 300_000)}\",\"data\":[{string.Join(",\n", entries)}]}}");
        var records = new SpokenCocoDataset(folder.Path).Read(DatasetSplit.Development).ToList();
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"u{i}"), records.Select(r => r.Id));
        Assert.Equal(200_000, records[50].Caption!.Length);
    }

    [SharedTheory("samples/spokencoco/SpokenCOCO")]
    [InlineData("SpokenCOCO_val.json")]
    [InlineData("SpokenCOCO_val.with_parse_tree.json")]
    [InlineData("SpokenCOCO_val_unrolled_karpathy.format.json")]
    public void The_real_record_is_read_from_each_of_its_forms(string file)
    {
        var files = new Dictionary<DatasetSplit, string> { [DatasetSplit.Development] = Path.Combine("SpokenCOCO", file) };
        var dataset = new SpokenCocoDataset(TestFiles.InShared("samples", "spokencoco"), new SpokenCocoOptions { Files = files });
        var records = dataset.Read().ToList();
        Assert.Equal(5, records.Count);
        Assert.All(records, r => Assert.Equal("325114", r.ImageId));
        Assert.Equal("a urinal in a public restroom near a wooden table", records[0].Caption);
        Assert.Equal("m071506418gb9vo0w5xq3", records[0].Speaker);
        Assert.All(records, r => Assert.Equal(r.Id + ".wav", Path.GetFileName(r.AudioPath)));
    }
}
