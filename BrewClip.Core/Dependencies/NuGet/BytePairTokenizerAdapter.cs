using BrewClip.Core.Text;
using Microsoft.ML.Tokenizers;

namespace BrewClip.Core.Dependencies;

/// <summary>
/// Byte-pair merging by Microsoft.ML.Tokenizers' <see cref="BpeTokenizer"/>. Bytes come already written in the byte alphabet and pieces
/// already cut, so the library's own byte level, normaliser and pre-tokenizer are all left out: it looks up symbols, adds the end-of-word
/// suffix and merges.
/// </summary>
internal sealed class BytePairTokenizerAdapter : IBytePairEncoder
{
    // The library removes merged symbols one by one from an array: fine for words, hours for a "word" of a million characters.
    private const int LongestPieceForLibrary = 512;

    private readonly BpeTokenizer _tokenizer;

    public BytePairTokenizerAdapter(BytePairVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary.TokenIds.Where(pair => pair.Key.Length > 0))
        {
            Merges = vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
            EndOfWordSuffix = vocabulary.EndOfWordSuffix,
            ByteLevel = false,
        });
    }

    public BytePairVocabulary Vocabulary { get; }

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length <= LongestPieceForLibrary)
        {
            ids.AddRange(_tokenizer.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
            return;
        }

        var symbols = new int[piece.Length];
        Vocabulary.MergeTable.Symbols(piece, symbols);
        int count = LongPieceMerger.Merge(Vocabulary.MergeTable, symbols);
        ids.AddRange(symbols.AsSpan(0, count));
    }
}
