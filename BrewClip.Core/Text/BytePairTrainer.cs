using System.Runtime.InteropServices;

namespace BrewClip.Core.Text;

/// <summary>
/// Learns a byte-level vocabulary from a corpus: the most frequent adjacent pair becomes a token, again and again. The result depends on
/// the corpus and the settings alone: among equally frequent pairs the one whose tokens come first in ordinal order is merged. Only the
/// words that hold a merged pair are counted again, so a million words take seconds.
/// </summary>
public static class BytePairTrainer
{
    /// <summary>Learns a vocabulary.</summary>
    /// <param name="corpus">Texts: captions, transcripts, lines.</param>
    /// <param name="training">The flavour and the limits.</param>
    /// <param name="progress">Told the number of merges learned so far, every hundred.</param>
    /// <param name="cancellationToken">Checked between texts and between merges.</param>
    /// <returns>A vocabulary for <see cref="ClipTokenizer"/> or <see cref="WhisperTokenizer"/>, which <see cref="HubVocabularyWriter"/>
    /// saves.</returns>
    /// <exception cref="ArgumentException">A limit is out of range, or a language is not Whisper's or is given twice.</exception>
    public static BytePairVocabulary Learn(
        IEnumerable<string> corpus, BytePairTraining training, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegative(training.Merges);
        ArgumentOutOfRangeException.ThrowIfLessThan(training.MinimumFrequency, 1);
        string[] special = SpecialTokens(training);

        string? suffix = training.Flavour == BytePairFlavour.Clip ? ClipMergesFile.EndOfWord : null;
        var tokens = ByteAlphabet.Characters.ToArray().Order().Select(symbol => symbol.ToString()).ToList();
        if (suffix is not null)
        {
            tokens.AddRange(tokens.Select(symbol => symbol + suffix).ToArray());
        }

        var pairs = new PairCounts(tokens, CountPieces(corpus, training.Flavour, cancellationToken), suffix);
        var merges = new List<BytePairMerge>(training.Merges);
        while (merges.Count < training.Merges && pairs.MergeMostFrequent(training.MinimumFrequency) is { } merge)
        {
            cancellationToken.ThrowIfCancellationRequested();
            merges.Add(merge);
            if (merges.Count % 100 == 0)
            {
                progress?.Report(merges.Count);
            }
        }

        var ids = tokens.Index().ToDictionary(token => token.Item, token => token.Index, StringComparer.Ordinal);
        return new BytePairVocabulary("learned vocabulary", ids, merges, suffix,
            special.Index().ToDictionary(token => token.Item, token => ids.Count + token.Index, StringComparer.Ordinal));
    }

    private static string[] SpecialTokens(BytePairTraining training)
    {
        if (training.Flavour == BytePairFlavour.Clip)
        {
            return training.Languages.Count == 0
                ? [ClipMergesFile.StartOfText, ClipMergesFile.EndOfText]
                : throw new ArgumentException(
                    "A vocabulary of CLIP's kind has no language tokens: leave the languages out.", nameof(training));
        }

        foreach (string code in training.Languages)
        {
            if (WhisperLanguages.NameOf(code) is null || training.Languages.Count(other => other == code) > 1)
            {
                throw new ArgumentException($"Language '{code}' is not a code of Whisper's or is listed twice.", nameof(training));
            }
        }

        return [.. WhisperSpecialTokens.Names(training.Languages)];
    }

    private static Dictionary<string, long> CountPieces(
        IEnumerable<string> corpus, BytePairFlavour flavour, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in corpus)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (flavour == BytePairFlavour.Clip)
            {
                var pieces = new ClipPieces(ClipTextCleaning.Clean(text));
                while (pieces.TryNext(out ReadOnlySpan<char> piece))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, piece, out _)++;
                }
            }
            else
            {
                var pieces = new WhisperPieces(text);
                while (pieces.TryNext(out ReadOnlySpan<char> piece))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, piece, out _)++;
                }
            }
        }

        return counts;
    }
}
