using System.Globalization;
using System.Text;

namespace BrewClip.Training.Probes;

/// <summary>How often each class was taken for each other one: rows are what is true, columns what was predicted.</summary>
public sealed record ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Counts predictions.</summary>
    /// <param name="classes">The classes' names, in the order of their indices.</param>
    /// <param name="truth">The true class of each example.</param>
    /// <param name="predicted">The predicted class of each example.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or an index is none of the classes'.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classes, IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        if (truth.Count != predicted.Count)
        {
            throw new ArgumentException($"{predicted.Count} predictions are given for {truth.Count} examples.", nameof(predicted));
        }

        Classes = [.. classes];
        _counts = new int[classes.Count, classes.Count];
        for (int i = 0; i < truth.Count; i++)
        {
            if ((uint)truth[i] >= (uint)classes.Count || (uint)predicted[i] >= (uint)classes.Count)
            {
                throw new ArgumentException(
                    $"Example {i} has class {truth[i]} and was taken for {predicted[i]}: there are {classes.Count} classes.");
            }

            _counts[truth[i], predicted[i]]++;
        }
    }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The counts, a row for each true class.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts =>
        [.. Classes.Select((_, row) => (IReadOnlyList<int>)[.. Classes.Select((_, column) => _counts[row, column])])];

    /// <summary>How often examples of class <paramref name="truth"/> were taken for <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Examples in all.</summary>
    public int Total => _counts.Cast<int>().Sum();

    /// <summary>The share of examples that were predicted right, 0 to 1; NaN without examples.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes.Count).Sum(i => _counts[i, i]) / Total;

    /// <summary>The mean over classes of the share predicted right (unweighted average recall), over the classes that occur.</summary>
    public double MeanRecall => Enumerable.Range(0, Classes.Count)
        .Select(row => (Right: _counts[row, row], Total: Enumerable.Range(0, Classes.Count).Sum(column => _counts[row, column])))
        .Where(row => row.Total > 0).Average(row => (double)row.Right / row.Total);

    /// <summary>A Markdown table of the counts.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("| true \\ predicted | ").AppendJoin(" | ", Classes).AppendLine(" |");
        text.Append("| --- |").Insert(text.Length, " ---: |", Classes.Count).AppendLine();
        for (int row = 0; row < Classes.Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Classes[row]} | ").AppendJoin(" | ", Counts[row]).AppendLine(" |");
        }

        return text.ToString();
    }

    /// <summary>Equal when classes and counts are.</summary>
    public bool Equals(ConfusionMatrix? other) => other is not null
        && Classes.SequenceEqual(other.Classes, StringComparer.Ordinal) && _counts.Cast<int>().SequenceEqual(other._counts.Cast<int>());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes.Count, Total);
}
