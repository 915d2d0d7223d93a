using BrewClip.Data;
using BrewClip.Data.Ravdess;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Ravdess;

public sealed class RavdessDatasetTests(RavdessCorpus corpus) : IClassFixture<RavdessCorpus>
{
    [Fact]
    public void A_file_name_says_everything()
    {
        Assert.True(RavdessFields.TryParse("Actor_12/03-01-06-02-01-02-12.wav", out var fields));
        Assert.Equal(new RavdessFields(3, 1, RavdessEmotion.Fearful, 2, 1, 2, 12), fields);
        Assert.True(fields.IsFemale);
        Assert.Equal("Kids are talking by the door", fields.Sentence);
    }

    [Theory]
    [InlineData("03-01-06-02-01-02")]
    [InlineData("03-01-06-02-01-02-12-01")]
    [InlineData("03-01-09-02-01-02-12")]
    [InlineData("03-01-00-02-01-02-12")]
    [InlineData("03-01-06-02-01-02-25")]
    [InlineData("3-1-6-2-1-2-12")]
    [InlineData("03-01-+6-02-01-02-12")]
    [InlineData("")]
    public void Other_names_are_not_taken_for_recordings(string name) => Assert.False(RavdessFields.TryParse(name, out _));

    [Fact]
    public void The_authors_selection_has_four_classes_with_calm_as_neutral_and_divides_the_actors()
    {
        var dataset = new RavdessDataset(corpus.Path);
        var train = dataset.Read(DatasetSplit.Train).ToList();
        var test = dataset.Read(DatasetSplit.Test).ToList();
        Assert.Equal((648, 216), (train.Count, test.Count));
        Assert.Equal(Enumerable.Range(1, 18), train.Select(r => r.Fields.Actor).Distinct().Order());
        Assert.Equal(Enumerable.Range(19, 6), test.Select(r => r.Fields.Actor).Distinct().Order());
        var counts = DatasetStatistics.Compute(dataset).Labels;
        Assert.Equal([("angry", 192), ("happy", 192), ("neutral", 288), ("sad", 192)], counts.Select(c => (c.Key, c.Value)));
        Assert.All(train, r => Assert.Equal(r.Label, dataset.Classes[r.Class]));
        Assert.All(train.Where(r => r.Fields.Emotion == RavdessEmotion.Calm), r => Assert.Equal(0, r.Class));
        Assert.All(test, r => Assert.Equal(r.Fields.Sentence, r.Caption));
        Assert.Empty(dataset.Check());
    }

    [Fact]
    public void All_emotions_make_eight_classes()
    {
        var dataset = new RavdessDataset(corpus.Path, new RavdessOptions { Selection = RavdessSelection.AllEmotions });
        var records = dataset.Read().ToList();
        Assert.Equal(1440, records.Count);
        Assert.Equal(8, dataset.Classes.Count);
        Assert.Equal([96, 192, 192, 192, 192, 192, 192, 192], records.GroupBy(r => r.Class).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void Folders_by_emotion_flac_and_nesting_make_no_difference()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Wave(folder["Audio_Speech_Actors_01-24", "Actor_02", "03-01-03-01-01-01-02.wav"]);
        TinyMedia.Wave(folder["labelled_audio", "happy", "03-01-03-01-01-01-01.flac"]);
        TinyMedia.Wave(folder["labelled_audio", "happy", "03-01-03-01-01-01-02.wav"]);
        TinyMedia.Wave(folder["songs", "03-02-03-01-01-01-02.wav"]);
        TinyMedia.Wave(folder["other", "noise.wav"]);
        TinyMedia.Text(folder["readme.txt"], "no audio");
        var problems = new List<DatasetProblem>();
        var records = new RavdessDataset(folder.Path).Read(null, problems.Add).ToList();
        Assert.Equal(["03-01-03-01-01-01-01", "03-01-03-01-01-01-02"], records.Select(r => r.Id));
        Assert.Single(problems, p => p.Kind == DatasetProblemKind.Duplicate);
        Assert.Single(problems, p => p.Kind == DatasetProblemKind.Malformed && p.File.EndsWith("noise.wav", StringComparison.Ordinal));
        Assert.Equal(864 - 2, problems.Count(p => p.Kind == DatasetProblemKind.Missing));
    }

    [Fact]
    public void A_folder_of_something_else_is_named()
    {
        using var folder = new TemporaryFolder();
        var dataset = new RavdessDataset(folder.Path);
        Assert.Contains(folder.Path, Assert.Throws<FileNotFoundException>(() => dataset.Read().Count()).Message, StringComparison.Ordinal);
        Assert.NotEmpty(dataset.Check());
        Assert.Throws<ArgumentException>(() => dataset.Read(DatasetSplit.Development).Count());
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(5, null)]
    [InlineData(6, 7UL)]
    [InlineData(12, 1UL)]
    public void Folds_share_no_speaker_and_balance_women_and_men(int count, ulong? seed)
    {
        var folds = RavdessFolds.Create(count, seed);
        Assert.Equal(Enumerable.Range(1, 24), folds.SelectMany(f => f.Test).Order());
        Assert.All(folds, fold =>
        {
            Assert.Equal(Enumerable.Range(1, 24), fold.Train.Concat(fold.Test).Order());
            Assert.Equal(fold.Test.Count, 2 * fold.Test.Count(actor => actor % 2 == 0));
        });
        Assert.Equal(folds.Select(f => string.Join(',', f.Test)), RavdessFolds.Create(count, seed).Select(f => string.Join(',', f.Test)));
    }

    [Fact]
    public void A_fold_reads_its_actors_alone()
    {
        var fold = RavdessFolds.Create(4)[1];
        var records = new RavdessDataset(corpus.Path).ReadActors(fold.Test).ToList();
        Assert.Equal(fold.Test, records.Select(r => r.Fields.Actor).Distinct().Order());
        Assert.Equal(36 * fold.Test.Count, records.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => RavdessFolds.Create(13));
    }

    [SharedFact("samples/ravdess")]
    public void The_real_recordings_decode_odd_chunks_and_all()
    {
        var dataset = new RavdessDataset(TestFiles.InShared("samples", "ravdess"));
        var problems = dataset.Check(new DatasetCheckOptions { Media = MediaCheck.Decode }).ToList();
        Assert.DoesNotContain(problems, p => p.Kind != DatasetProblemKind.Missing);
        var statistics = DatasetStatistics.Compute(dataset, null, measureAudio: true);
        Assert.Equal(0, statistics.UnreadableAudio);
        Assert.InRange(statistics.AudioSeconds.Minimum, 2.9, 5.3);
        Assert.InRange(statistics.AudioSeconds.Maximum, 2.9, 5.3);
        Assert.Equal(4, statistics.Speakers);
    }

    [SharedFact("samples/ravdess-16k")]
    public void The_real_selection_is_complete()
    {
        var dataset = new RavdessDataset(TestFiles.InShared("samples", "ravdess-16k"));
        Assert.Equal((648, 216), (dataset.Read(DatasetSplit.Train).Count(), dataset.Read(DatasetSplit.Test).Count()));
        Assert.Empty(dataset.Check());
    }
}
