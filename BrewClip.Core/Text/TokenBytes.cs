using System.Text;

namespace BrewClip.Core.Text;

/// <summary>The bytes of every token, for decoding. Immutable, so thread-safe.</summary>
internal sealed class TokenBytes
{
    private readonly byte[]?[] _bytes;
    private readonly string _source;

    public TokenBytes(BytePairVocabulary vocabulary, IEnumerable<KeyValuePair<string, int>> special, int size)
    {
        _source = vocabulary.Source;
        _bytes = new byte[]?[size];
        foreach (var (token, id) in vocabulary.TokenIds)
        {
            _bytes[id] = ByteAlphabet.BytesOf(token);
        }

        foreach (var (token, id) in special)
        {
            _bytes[id] = Encoding.UTF8.GetBytes(token);
        }
    }

    /// <summary>
    /// The text of <paramref name="ids"/>; bytes that are not UTF-8 become U+FFFD, one per maximal broken part, as Python's
    /// <c>errors="replace"</c>.
    /// </summary>
    /// <exception cref="ArgumentException">An id has no token.</exception>
    public string Decode(IEnumerable<int> ids, int end = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var text = new MemoryStream();
        foreach (int id in ids)
        {
            if (id >= end)
            {
                continue;
            }

            byte[] bytes = (uint)id < (uint)_bytes.Length && _bytes[id] is { } known
                ? known
                : throw new ArgumentException(
                    $"Token id {id} is not in the vocabulary of '{_source}', whose ids run from 0 to {_bytes.Length - 1}.", nameof(ids));
            text.Write(bytes);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
