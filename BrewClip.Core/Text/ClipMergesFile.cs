using System.IO.Compression;

namespace BrewClip.Core.Text;

/// <summary>
/// OpenAI's own vocabulary file for CLIP, <c>bpe_simple_vocab_16e6.txt.gz</c>: a list of merges from which the tokens follow (256 bytes,
/// 256 bytes at the end of a word, one token per merge, then start and end of text). The file lists more merges than CLIP was trained with:
/// the first 48 894 count (openai/CLIP, <c>simple_tokenizer.py</c>: 49152 − 256 − 2).
/// </summary>
internal static class ClipMergesFile
{
    public const string Name = "bpe_simple_vocab_16e6.txt.gz";
    public const string EndOfWord = "</w>";
    public const string StartOfText = "<|startoftext|>";
    public const string EndOfText = "<|endoftext|>";
    private const int MergeCount = 49152 - 256 - 2;

    /// <summary>Reads the file, compressed or not.</summary>
    public static BytePairVocabulary Read(string path)
    {
        byte[] bytes = VocabularyFile.ReadBytes(path);
        if (bytes is [0x1F, 0x8B, ..])
        {
            bytes = Decompress(bytes, path);
        }

        // The first line is a header.
        string[] lines = VocabularyFile.Lines(bytes, path);
        var merges = new List<BytePairMerge>();
        foreach (string line in lines.Skip(1).Take(MergeCount).Where(line => line.Length > 0))
        {
            merges.Add(VocabularyFile.ReadMerge(line, path, merges.Count + 1));
        }

        if (merges.Count == 0)
        {
            throw new InvalidDataException($"'{path}' lists no merges: it is not CLIP's vocabulary file, or it is cut short.");
        }

        return new BytePairVocabulary(path, Tokens(merges, path, out int next), merges, EndOfWord,
            new Dictionary<string, int> { [StartOfText] = next, [EndOfText] = next + 1 });
    }

    private static Dictionary<string, int> Tokens(List<BytePairMerge> merges, string path, out int next)
    {
        // Not in byte order: the printable bytes come first, then the rest, as the file's authors numbered them.
        var symbols = ByteAlphabet.Characters.ToArray().Order().Select(symbol => symbol.ToString()).ToArray();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string token in symbols.Concat(symbols.Select(symbol => symbol + EndOfWord)).Concat(merges.Select(merge => merge.Result)))
        {
            if (!ids.TryAdd(token, ids.Count))
            {
                throw new InvalidDataException($"'{path}' makes token '{token}' by two merges: its id would be ambiguous.");
            }
        }

        next = ids.Count;
        return ids;
    }

    private static byte[] Decompress(byte[] bytes, string path)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return VocabularyFile.ReadBounded(stream, path);
        }
        catch (InvalidDataException failure) when (failure.InnerException is null && !failure.Message.StartsWith('\''))
        {
            throw new InvalidDataException($"'{path}' is not a whole gzip file: download it again.", failure);
        }
    }
}
