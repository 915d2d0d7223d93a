using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class PaperFiguresTests
{
    [Fact]
    public void Every_row_rises_with_K_and_lies_within_a_hundred()
    {
        var rows = PaperFigures.Table1.Concat(PaperFigures.Table2).Concat(PaperFigures.Table4).ToArray();
        Assert.Equal(32, rows.Length);
        Assert.All(rows.SelectMany(row => new[] { row.Figures.SpeechToImage, row.Figures.ImageToSpeech }), triple =>
        {
            Assert.InRange(triple.At1, 0.1, triple.At5);
            Assert.InRange(triple.At10, triple.At5, 100);
        });
    }

    [Fact]
    public void Tables_2_and_4_agree_with_table_1_where_they_repeat_it()
    {
        foreach (var row in PaperFigures.Table2
            .Where(row => PaperFigures.Table1.Any(other => other.Method == row.Method && other.Dataset == row.Dataset)))
        {
            Assert.Equal(row.Figures, PaperFigures.Find(row.Method, row.Dataset));
        }

        Assert.Equal(
            PaperFigures.Find(PaperFigures.ZeroShot, "spokencoco"),
            PaperFigures.Table4.Single(row => row is { Method: "ASR transcription", Dataset: "spokencoco" }).Figures);
    }

    [Theory]
    [InlineData("flickr8k")]
    [InlineData("spokencoco")]
    public void The_diagonal_of_table_5_is_recall_at_5_of_table_1(string dataset)
    {
        var cell = PaperFigures.Table5.Single(item => item.TrainedOn == dataset && item.TestedOn == dataset);
        var full = PaperFigures.Find(PaperFigures.Full, dataset)!;
        Assert.Equal((full.SpeechToImage.At5, full.ImageToSpeech.At5), (cell.SpeechToImageAt5, cell.ImageToSpeechAt5));
    }
}
