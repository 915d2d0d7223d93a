namespace BrewClip.Data.TextFiles;

/// <summary>Writes comma-separated values as <see cref="CsvReader"/> reads them, with LF.</summary>
internal static class CsvWriter
{
    private static readonly char[] _special = [',', '"', '\n', '\r'];

    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Field));

    private static string Field(string value) =>
        value.IndexOfAny(_special) < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
