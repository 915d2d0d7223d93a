using System.Globalization;
using System.Reflection;

namespace BrewClip.Core.Text;

/// <summary>The tables of the Unicode and HTML standards that .NET has no public form of, embedded as text.</summary>
internal static class UnicodeData
{
    /// <summary>The lines of an embedded table that are not comments, each cut at its spaces.</summary>
    public static IEnumerable<string[]> Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"BrewClip.Core.Text.{name}")
            ?? throw new InvalidOperationException($"The table '{name}' is not embedded in this assembly: the build is incomplete.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split(' ');
            }
        }
    }

    /// <summary>A code point written in hexadecimal.</summary>
    public static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
