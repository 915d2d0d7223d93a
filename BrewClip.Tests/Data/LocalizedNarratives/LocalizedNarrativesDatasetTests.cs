using BrewClip.Data;
using BrewClip.Data.LocalizedNarratives;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.LocalizedNarratives;

public sealed class LocalizedNarrativesDatasetTests
{
    private const string Cows =
        """{"dataset_id":"mscoco_val2017","image_id":"137576","annotator_id":93,"caption":"In this image there are group of cows.","timed_caption":[{"utterance":"In this","start_time":0.0,"end_time":0.4},{"utterance":"image","start_time":0,"end_time":4}],"traces":[[{"x":0.2086,"y":-0.0533,"t":0.022},{"x":1.5,"y":0,"t":1}],[]],"voice_recording":"coco_val/coco_val_137576_93.ogg"}""";

    private const string Girl =
        """{"dataset_id":"mscoco_val2017","image_id":"381639","annotator_id":89,"caption":"In the image we can see girl.","timed_caption":[{"utterance":"In the","start_time":0,"end_time":0}],"voice_recording":"coco_val/coco_val_381639_89.ogg"}""";

    [Fact]
    public void Narratives_are_read_with_whole_numbers_for_times_and_without_traces()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Cows, Girl);
        var records = new LocalizedNarrativesDataset(
            folder.Path, new LocalizedNarrativesOptions { IncludeTraces = true }).Read(DatasetSplit.Development).ToList();
        Assert.Equal(["coco_val_137576_93", "coco_val_381639_89"], records.Select(r => r.Id));
        var cows = records[0];
        Assert.Equal("137576", cows.ImageId);
        Assert.Equal("93", cows.Speaker);
        Assert.Equal(folder["mscoco_img", "val2017", "000000137576.jpg"], cows.ImagePath);
        Assert.Equal(folder["coco_localnarr_audio", "coco_val", "coco_val_137576_93.ogg"], cows.AudioPath);
        Assert.Equal([new TimedUtterance("In this", 0, 0.4), new TimedUtterance("image", 0, 4)], cows.TimedCaption);
        Assert.Equal([new TracePoint(0.2086, -0.0533, 0.022), new TracePoint(1.5, 0, 1)], cows.Traces[0]);
        Assert.Equal(2, cows.Traces.Count);
        Assert.Empty(records[1].Traces);
    }

    [Fact]
    public void Traces_are_left_out_unless_asked_for()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Cows);
        Assert.Empty(new LocalizedNarrativesDataset(folder.Path).Read(DatasetSplit.Development).Single().Traces);
    }

    [Fact]
    public void Training_shards_are_read_in_order_and_test_is_validation_again()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Girl);
        string train = Cows.Replace(
            "val2017", "train2017", StringComparison.Ordinal).Replace("coco_val", "coco_train", StringComparison.Ordinal);
        TinyMedia.Text(folder["coco_localnarr_audio", "coco_train_localized_narratives-00001-of-00004.jsonl"], train.Replace(
            "137576", "2", StringComparison.Ordinal));
        TinyMedia.Text(folder["coco_localnarr_audio", "coco_train_localized_narratives-00000-of-00004.jsonl"], train.Replace(
            "137576", "1", StringComparison.Ordinal));
        var dataset = new LocalizedNarrativesDataset(folder.Path);
        Assert.Equal(["1", "2"], dataset.Read(DatasetSplit.Train).Select(r => r.ImageId));
        Assert.EndsWith(
            Path.Combine("train2017", "000000000001.jpg"), dataset.Read(DatasetSplit.Train).First().ImagePath, StringComparison.Ordinal);
        Assert.Equal(dataset.Read(DatasetSplit.Development).Select(r => r.Id), dataset.Read(DatasetSplit.Test).Select(r => r.Id));
        Assert.Equal(3, dataset.Read().Count());
    }

    [Fact]
    public void Several_narratives_of_an_image_share_its_id()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Cows, Cows.Replace("93", "94", StringComparison.Ordinal));
        var statistics = DatasetStatistics.Compute(new LocalizedNarrativesDataset(folder.Path), DatasetSplit.Development);
        Assert.Equal((2, 1, 2), (statistics.Utterances, statistics.Images, statistics.Speakers));
        Assert.Equal(2, statistics.CaptionsPerImage.Maximum);
    }

    [Fact]
    public void A_narrative_without_recording_keeps_its_text()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Girl.Replace(",\"voice_recording\":\"coco_val/coco_val_381639_89.ogg\"", "", StringComparison.Ordinal));
        var problems = new List<DatasetProblem>();
        var record = new LocalizedNarrativesDataset(folder.Path).Read(DatasetSplit.Development, problems.Add).Single();
        Assert.Null(record.AudioPath);
        Assert.Equal("mscoco_val2017_381639_89", record.Id);
        Assert.Equal(DatasetProblemKind.Missing, Assert.Single(problems).Kind);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"dataset_id\":\"ade20k_train\",\"image_id\":\"1\"}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"../../1\"}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"1234567890123\"}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"1\",\"voice_recording\":\"/etc/passwd\"}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"1\",\"timed_caption\":[{\"utterance\":\"a\"}]}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"1\",\"timed_caption\":[7]}")]
    [InlineData("{\"dataset_id\":\"mscoco_val2017\",\"image_id\":\"1\",\"traces\":[7]}")]
    public void A_wrong_line_is_named_and_the_others_are_read(string line)
    {
        using var folder = new TemporaryFolder();
        Create(folder, Cows, line, Girl);
        var dataset = new LocalizedNarrativesDataset(folder.Path, new LocalizedNarrativesOptions { IncludeTraces = true });
        var problems = new List<DatasetProblem>();
        Assert.Equal(2, dataset.Read(DatasetSplit.Development, problems.Add).Count());
        Assert.Equal((DatasetProblemKind.Malformed, 2), (Assert.Single(problems).Kind, problems[0].Line));
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(
            () => dataset.Read(DatasetSplit.Development).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        using var folder = new TemporaryFolder();
        Create(folder, Cows);
        var problems = new LocalizedNarrativesDataset(folder.Path).Check().ToList();
        Assert.All(problems, p => Assert.Equal(DatasetProblemKind.Missing, p.Kind));
        Assert.Equal(3, problems.Count);
        Assert.Contains("coco_train_localized_narratives", problems[0].Message, StringComparison.Ordinal);
    }

    [SharedFact("samples/ln-coco/ISSUE10_PARTIAL_RECORD.txt")]
    public void The_real_record_without_traces_is_read_as_far_as_it_goes()
    {
        string text = File.ReadAllText(TestFiles.InShared("samples", "ln-coco", "ISSUE10_PARTIAL_RECORD.txt"));
        text = text[text.IndexOf('{', StringComparison.Ordinal)..text.IndexOf(",\n        ...", StringComparison.Ordinal)] + "]}";
        using var folder = new TemporaryFolder();
        Create(folder, text.Replace("\n", " ", StringComparison.Ordinal));
        var record = new LocalizedNarrativesDataset(
            folder.Path, new LocalizedNarrativesOptions { IncludeTraces = true }).Read(DatasetSplit.Development).Single();
        Assert.Equal(8, record.TimedCaption.Count);
        Assert.Equal(new TimedUtterance("image", 0, 4.4), record.TimedCaption[1]);
        Assert.Equal("381639", record.ImageId);
        Assert.StartsWith("In the image we can see girl standing", record.Caption, StringComparison.Ordinal);
    }

    private static void Create(TemporaryFolder folder, params string[] lines) =>
        TinyMedia.Text(folder["coco_localnarr_audio", "coco_val_localized_narratives.jsonl"], lines);
}
