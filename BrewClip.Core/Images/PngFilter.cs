using System.Numerics;
using System.Runtime.InteropServices;

namespace BrewClip.Core.Images;

/// <summary>The five row filters of PNG (section 9), undone in place.</summary>
internal static class PngFilter
{
    /// <summary>Restores one row.</summary>
    /// <param name="filter">The row's filter type, 0 to 4.</param>
    /// <param name="row">The filtered bytes, replaced by the restored ones.</param>
    /// <param name="above">The restored row above; zeros above the first row of an image or pass. As long as
    /// <paramref name="row"/>.</param>
    /// <param name="distance">Bytes per pixel, at least 1.</param>
    /// <returns>False if there is no such filter type.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                UndoSub(row, distance);
                return true;
            case 2:
                UndoUp(row, above);
                return true;
            case 3:
                UndoAverage(row, above, distance);
                return true;
            case 4:
                UndoPaeth(row, above, distance);
                return true;
            default:
                return false;
        }
    }

    private static void UndoSub(Span<byte> row, int distance)
    {
        for (int i = distance; i < row.Length; i++)
        {
            row[i] += row[i - distance];
        }
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        Span<Vector<byte>> rowVectors = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        ReadOnlySpan<Vector<byte>> aboveVectors = MemoryMarshal.Cast<byte, Vector<byte>>(above);
        for (int i = 0; i < rowVectors.Length; i++)
        {
            rowVectors[i] += aboveVectors[i];
        }

        for (int i = rowVectors.Length * Vector<byte>.Count; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (int i = 0; i < Math.Min(distance, row.Length); i++)
        {
            row[i] += (byte)(above[i] >> 1);
        }

        for (int i = distance; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - distance] + above[i]) >> 1);
        }
    }

    private static void UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (int i = 0; i < Math.Min(distance, row.Length); i++)
        {
            row[i] += above[i];
        }

        for (int i = distance; i < row.Length; i++)
        {
            row[i] += Predict(row[i - distance], above[i], above[i - distance]);
        }
    }

    private static byte Predict(int left, int up, int upLeft)
    {
        int fromLeft = Math.Abs(up - upLeft);
        int fromUp = Math.Abs(left - upLeft);
        int fromUpLeft = Math.Abs(left + up - 2 * upLeft);
        if (fromLeft <= fromUp && fromLeft <= fromUpLeft)
        {
            return (byte)left;
        }

        return (byte)(fromUp <= fromUpLeft ? up : upLeft);
    }
}
