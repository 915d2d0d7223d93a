namespace BrewClip.Core.Dependencies;

/// <summary>CMYK to RGB as Pillow computes it, without a colour profile.</summary>
internal static class CmykConversion
{
    /// <summary>Converts CMYK stored inverted (255 is no ink), as Adobe's JPEGs and so all JPEGs in practice are.</summary>
    public static void InvertedToRgb(ReadOnlySpan<byte> inverted, Span<byte> rgb)
    {
        for (int from = 0, to = 0; from < inverted.Length; from += 4, to += 3)
        {
            int light = inverted[from + 3];
            rgb[to] = Remaining(inverted[from], light);
            rgb[to + 1] = Remaining(inverted[from + 1], light);
            rgb[to + 2] = Remaining(inverted[from + 2], light);
        }
    }

    /// <summary>
    /// The light that black leaves, less what the ink takes of it: the product over 255 is rounded, as in Pillow, before subtracting.
    /// </summary>
    private static byte Remaining(int invertedInk, int light)
    {
        int product = (255 - invertedInk) * light + 128;
        return (byte)Math.Max(0, light - ((product + (product >> 8)) >> 8));
    }
}
