namespace BrewClip.Core.Text;

/// <summary>
/// Byte-pair merging over a vocabulary: the seam behind which the two dependency profiles differ. Both give the same ids.
/// Implementations are thread-safe.
/// </summary>
public interface IBytePairEncoder
{
    /// <summary>The tokens, their ids and the merges that this encoder applies.</summary>
    BytePairVocabulary Vocabulary { get; }

    /// <summary>
    /// Appends the ids of one piece. Merges are applied by rank, leftmost first among equals, until none applies; where the vocabulary has
    /// an end-of-word suffix, the piece's last character carries it.
    /// </summary>
    /// <param name="piece">One piece of text (a word, a number, a run of symbols), each UTF-8 byte written as its character of the
    /// vocabulary's byte alphabet.</param>
    /// <param name="ids">The list that receives the ids.</param>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);
}
