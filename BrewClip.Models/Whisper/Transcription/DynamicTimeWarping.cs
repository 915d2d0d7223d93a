namespace BrewClip.Models.Whisper.Transcription;

/// <summary>The cheapest monotonic path through a matrix of costs.</summary>
internal static class DynamicTimeWarping
{
    private const byte Diagonal = 0, Down = 1, Right = 2;

    /// <param name="costs">[rows, columns], row-major.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <returns>The cells of the path from the first to the last.</returns>
    public static (int[] Rows, int[] Columns) Path(ReadOnlySpan<double> costs, int rows, int columns)
    {
        var steps = new byte[(rows + 1) * (columns + 1)];
        // Sums are float32, as in openai/whisper: they decide between paths that cost nearly the same.
        var above = new float[columns + 1];
        var current = new float[columns + 1];
        Array.Fill(above, float.PositiveInfinity);
        above[0] = 0;
        for (int row = 1; row <= rows; row++)
        {
            current[0] = float.PositiveInfinity;
            for (int column = 1; column <= columns; column++)
            {
                var (cost, step) = Cheapest(above[column - 1], above[column], current[column - 1]);
                current[column] = (float)(costs[(row - 1) * columns + column - 1] + cost);
                steps[row * (columns + 1) + column] = step;
            }

            (above, current) = (current, above);
        }

        return Trace(steps, rows, columns);
    }

    private static (float Cost, byte Step) Cheapest(float diagonal, float down, float right)
    {
        if (diagonal < down && diagonal < right)
        {
            return (diagonal, Diagonal);
        }

        return down < diagonal && down < right ? (down, Down) : (right, Right);
    }

    private static (int[] Rows, int[] Columns) Trace(byte[] steps, int rows, int columns)
    {
        var (pathRows, pathColumns) = (new List<int>(), new List<int>());
        for (int row = rows, column = columns; row > 0 || column > 0;)
        {
            pathRows.Add(row - 1);
            pathColumns.Add(column - 1);
            byte step = row == 0 ? Right : column == 0 ? Down : steps[row * (columns + 1) + column];
            row -= step != Right ? 1 : 0;
            column -= step != Down ? 1 : 0;
        }

        pathRows.Reverse();
        pathColumns.Reverse();
        return ([.. pathRows], [.. pathColumns]);
    }
}
