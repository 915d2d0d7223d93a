namespace BrewClip.Core.Images;

/// <summary>Which pixels a pass over a PNG carries (section 8.1).</summary>
internal readonly record struct PngPass(int FirstColumn, int FirstRow, int ColumnStep, int RowStep)
{
    public static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    public static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    /// <summary>How many pixels each of the pass's rows has in an image of the given width.</summary>
    public int Columns(int width) => (width - FirstColumn + ColumnStep - 1) / ColumnStep;
}
