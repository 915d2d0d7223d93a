using System.Text;

namespace BrewClip.Data.TextFiles;

/// <summary>Reads comma-separated values as RFC 4180 has them: quoted fields with commas, doubled quotes and line ends in them; LF or
/// CRLF.</summary>
internal static class CsvReader
{
    /// <summary>The rows with the line each begins on, lazily. Empty lines are passed over.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A byte is not UTF-8, or a quoted field never ends.</exception>
    public static IEnumerable<(int Line, string[] Fields)> Read(string path)
    {
        using var reader = TextLines.Open(path);
        var row = new List<string>();
        for (int line = 1; ;)
        {
            int first = line;
            row.Clear();
            if (!ReadRow(reader, path, row, ref line))
            {
                yield break;
            }

            if (row is not [""])
            {
                yield return (first, [.. row]);
            }
        }
    }

    private static bool ReadRow(StreamReader reader, string path, List<string> row, ref int line)
    {
        try
        {
            if (reader.Peek() < 0)
            {
                return false;
            }

            while (true)
            {
                row.Add(reader.Peek() == '"' ? Quoted(reader, path, ref line) : Plain(reader));
                int end = reader.Read();
                if (end != ',')
                {
                    line += end < 0 ? 0 : 1;
                    return true;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw TextLines.NotUtf8(path, line);
        }
    }

    private static string Plain(StreamReader reader)
    {
        var field = new StringBuilder();
        while (reader.Peek() is >= 0 and not ',' and not '\n')
        {
            field.Append((char)reader.Read());
        }

        return field.Length > 0 && field[^1] == '\r' && reader.Peek() != ',' ? field.ToString(0, field.Length - 1) : field.ToString();
    }

    private static string Quoted(StreamReader reader, string path, ref int line)
    {
        int first = line;
        var field = new StringBuilder();
        reader.Read();
        while (true)
        {
            int c = reader.Read();
            if (c < 0)
            {
                throw new InvalidDataException($"'{path}', line {first}: a quoted field never ends.");
            }

            if (c == '"' && reader.Peek() != '"')
            {
                // What stands between the closing quote and the comma is nobody's meaning; a carriage return is the usual case.
                return field.ToString() + Plain(reader);
            }

            if (c == '"')
            {
                reader.Read();
            }

            line += c == '\n' ? 1 : 0;
            field.Append((char)c);
        }
    }
}
