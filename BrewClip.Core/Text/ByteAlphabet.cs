using System.Collections.Frozen;
using System.Text;

namespace BrewClip.Core.Text;

/// <summary>
/// The 256 printable characters by which byte-level vocabularies (GPT-2's, Whisper's, CLIP's) write bytes in their files.
/// Printable Latin-1 characters stand for themselves; the other 68 bytes take the characters from U+0100 on, in byte order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] _characters = Build();
    private static readonly FrozenDictionary<char, byte> _bytes = _characters.Index()
        .ToFrozenDictionary(pair => pair.Item, pair => (byte)pair.Index);

    /// <summary>The character of each byte, indexed by the byte.</summary>
    public static ReadOnlySpan<char> Characters => _characters;

    public static bool TryGetByte(char character, out byte value) => _bytes.TryGetValue(character, out value);

    /// <summary>The bytes that <paramref name="token"/> is written for; a token with any other character is its own UTF-8 text.</summary>
    public static byte[] BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (!TryGetByte(token[i], out bytes[i]))
            {
                return Encoding.UTF8.GetBytes(token);
            }
        }

        return bytes;
    }

    /// <summary>The token by which <paramref name="bytes"/> are written in a vocabulary file.</summary>
    public static string TokenOf(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, bytes, static (characters, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                characters[i] = _characters[source[i]];
            }
        });

    /// <summary>
    /// Writes the UTF-8 bytes of <paramref name="text"/> as characters; lone surrogates become U+FFFD. Returns the count written.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="destination">At least three times as long as <paramref name="text"/>.</param>
    public static int Write(ReadOnlySpan<char> text, Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[4];
        int written = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int count = rune.EncodeToUtf8(bytes);
            for (int i = 0; i < count; i++)
            {
                destination[written++] = _characters[bytes[i]];
            }
        }

        return written;
    }

    private static char[] Build()
    {
        var characters = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = printable ? (char)value : (char)next++;
        }

        return characters;
    }
}
