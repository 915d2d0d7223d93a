using BrewClip.Data;
using BrewClip.Data.Transcripts;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Data.Transcripts;

public sealed class PublishedTranscriptsTests
{
    [Fact]
    public void The_first_mark_ends_the_stem_and_a_final_line_end_is_not_needed()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Raw(folder["aud2trans_train.txt"], "10_a_0# A dog.\r\n10_a_1#no space, \"quoted\" # and a mark\n20_b_0#  spaced  ");
        Assert.Equal(
            [new Transcript(
                "10_a_0", "A dog."), new Transcript("10_a_1", "no space, \"quoted\" # and a mark"), new Transcript("20_b_0", "spaced")],
            PublishedTranscripts.Read(folder["aud2trans_train.txt"]));
    }

    [Fact]
    public void Faults_are_listed_and_the_rest_is_read()
    {
        using var folder = new TemporaryFolder();
        TinyMedia.Text(folder["t.txt"], "a# one", "no mark", "a# again", "b#", "# nameless", "c# three");
        var problems = new List<DatasetProblem>();
        Assert.Equal(["a", "c"], PublishedTranscripts.Read(folder["t.txt"], problems.Add).Select(t => t.UtteranceId));
        Assert.Equal(
            [(DatasetProblemKind.Malformed, 2), (
                DatasetProblemKind.Duplicate, 3), (DatasetProblemKind.EmptyText, 4), (DatasetProblemKind.Malformed, 5)],
            problems.Select(p => (p.Kind, p.Line!.Value)));
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(
            () => PublishedTranscripts.Read(folder["t.txt"]).Count()).Message, StringComparison.Ordinal);
    }

    [SharedFact("samples/flickr8k/aud2trans_train.txt")]
    public void The_authors_real_file_has_its_transcripts_and_its_one_empty_row()
    {
        var problems = new List<DatasetProblem>();
        var transcripts = PublishedTranscripts.Read(
            TestFiles.InShared("samples", "flickr8k", "aud2trans_train.txt"), problems.Add).ToList();
        Assert.Equal(2_165, transcripts.Count);
        Assert.Contains("1859941832_7faf6e5fa9_2", Assert.Single(problems).Message, StringComparison.Ordinal);
        var ids = new BrewClip.Data.Flickr8k.Flickr8kDataset(
            TestFiles.InShared("samples", "flickr8k")).Read(DatasetSplit.Train).Select(r => r.Id).ToHashSet();
        Assert.All(transcripts, t => Assert.Contains(t.UtteranceId, ids));
    }
}
