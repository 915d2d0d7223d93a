using System.Text;

namespace BrewClip.Data.TextFiles;

/// <summary>The lines of a UTF-8 text file, LF or CRLF, with their numbers from 1, lazily.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A byte is not UTF-8.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        using var reader = Open(path);
        for (int number = 1; Next(reader, path, number) is { } text; number++)
        {
            yield return (number, text);
        }
    }

    /// <summary>A strict UTF-8 reader that skips a byte-order mark.</summary>
    public static StreamReader Open(string path) => File.Exists(path)
        ? new StreamReader(path, _strict)
        : throw new FileNotFoundException($"There is no file '{path}'.", path);

    public static InvalidDataException NotUtf8(string path, int line) => new($"'{path}' is not UTF-8 text near line {line}: convert it.");

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8(path, number);
        }
    }
}
