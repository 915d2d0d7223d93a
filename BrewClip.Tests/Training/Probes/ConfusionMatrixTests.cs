using BrewClip.Training.Probes;

namespace BrewClip.Tests.Training.Probes;

public sealed class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix _matrix = new(["a", "b"], [0, 0, 0, 1], [0, 0, 1, 1]);

    [Fact]
    public void Rows_are_true_classes_and_columns_predicted_ones()
    {
        Assert.Equal((2, 1, 0, 1), (_matrix[0, 0], _matrix[0, 1], _matrix[1, 0], _matrix[1, 1]));
        Assert.Equal(0.75, _matrix.Accuracy);
        Assert.Equal((2.0 / 3 + 1) / 2, _matrix.MeanRecall, 1e-12);
        Assert.Equal(4, _matrix.Total);
    }

    [Fact]
    public void The_markdown_table_has_a_row_for_each_class() =>
        Assert.Equal(
            "| true \\ predicted | a | b |\n| --- | ---: | ---: |\n| a | 2 | 1 |\n| b | 0 | 1 |\n",
            _matrix.ToMarkdown().ReplaceLineEndings("\n"));

    [Fact]
    public void A_class_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a"], [0], [1]));
}
