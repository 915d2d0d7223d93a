using System.Globalization;

namespace BrewClip.Core.Text;

/// <summary>
/// OpenAI's own vocabulary files for Whisper, <c>gpt2.tiktoken</c> and <c>multilingual.tiktoken</c>: a line per token, its bytes in base64
/// and its rank, which is also its id. There are no special tokens in them.
/// </summary>
internal static class TiktokenFile
{
    // The longest published tokens have 128 bytes. Finding a token's merge takes time by the square of its length.
    private const int LongestToken = 1024;

    public static BytePairVocabulary Read(string path)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] lines = VocabularyFile.ReadLines(path);
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number];
            if (line.Length == 0)
            {
                continue;
            }

            int space = line.IndexOf(' ');
            if (space < 0 || !int.TryParse(line.AsSpan(space + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int rank))
            {
                throw new InvalidDataException(
                    $"'{path}' has '{VocabularyFile.Shorten(line)}' on line {number + 1}: a line is a base64 token, a space and its rank.");
            }

            if (space > LongestToken / 3 * 4 + 4)
            {
                throw new InvalidDataException(
                    $"'{path}' has a token of more than {LongestToken} bytes on line {number + 1}: it is not a vocabulary.");
            }

            string token = ByteAlphabet.TokenOf(Decode(line[..space], path, number + 1));
            if (!ids.TryAdd(token, rank))
            {
                throw new InvalidDataException($"'{path}' lists token '{line[..space]}' twice, on line {number + 1} for the second time.");
            }
        }

        return new BytePairVocabulary(path, ids, TiktokenMerges.Recover(ids));
    }

    private static byte[] Decode(string base64, string path, int number)
    {
        // Python reads a bare '=' as no bytes at all, and multilingual.tiktoken ends with such a token.
        if (base64 == "=")
        {
            return [];
        }

        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException failure)
        {
            throw new InvalidDataException(
                $"'{path}' has '{VocabularyFile.Shorten(base64)}' on line {number}, which is not base64.", failure);
        }
    }
}
