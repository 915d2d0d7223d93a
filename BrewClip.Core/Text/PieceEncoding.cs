using System.Buffers;

namespace BrewClip.Core.Text;

/// <summary>Hands pieces of ordinary text to an encoder, which wants their bytes in the vocabulary's alphabet.</summary>
internal static class PieceEncoding
{
    private const int ShortPiece = 128;

    public static void EncodeText(this IBytePairEncoder encoder, ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length <= ShortPiece)
        {
            Span<char> symbols = stackalloc char[3 * ShortPiece];
            encoder.Encode(symbols[..ByteAlphabet.Write(piece, symbols)], ids);
            return;
        }

        char[] rented = ArrayPool<char>.Shared.Rent(3 * piece.Length);
        encoder.Encode(rented.AsSpan(0, ByteAlphabet.Write(piece, rented)), ids);
        ArrayPool<char>.Shared.Return(rented);
    }
}
