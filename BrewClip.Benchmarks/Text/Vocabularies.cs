using BrewClip.Benchmarks.Comparison;
using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// The tokenizers that are measured: with OpenAI's vocabulary where a variable names one, or a checkout of the peer's code holds it, and
/// else with one learned from the captions. The peer is given the same one.
/// </summary>
internal static class Vocabularies
{
    public const string ClipVariable = "BREWCLIP_CLIP_VOCABULARY", WhisperVariable = "BREWCLIP_WHISPER_VOCABULARY";

    public static ClipTokenizer Clip(IEnumerable<string> captions) =>
        Real(ClipVariable, ComparisonOptions.ClipVariable, "clip/bpe_simple_vocab_16e6.txt.gz") is { } path
            ? ClipTokenizer.Load(path)
            : new ClipTokenizer(BytePairTrainer.Learn(captions, new BytePairTraining { Flavour = BytePairFlavour.Clip }));

    public static WhisperTokenizer Whisper(IEnumerable<string> captions) =>
        Real(WhisperVariable, ComparisonOptions.WhisperVariable, "whisper/assets/multilingual.tiktoken") is { } path
            ? WhisperTokenizer.Load(path)
            : new WhisperTokenizer(BytePairTrainer.Learn(captions, new BytePairTraining { Flavour = BytePairFlavour.Whisper }));

    /// <summary>Writes captions, and the ids that a tokenizer makes of each, where a peer reads them.</summary>
    /// <returns>Both files' paths.</returns>
    public static (string Captions, string Ids) Write(string folder, IReadOnlyList<string> captions, Func<string, int[]> encode)
    {
        string texts = Path.Combine(folder, "captions.txt"), ids = Path.Combine(folder, "ids.txt");
        File.WriteAllLines(texts, captions);
        File.WriteAllLines(ids, captions.Select(caption => string.Join(' ', encode(caption))));
        return (texts, ids);
    }

    private static string? Real(string variable, string checkoutVariable, string inCheckout)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return named;
        }

        return Environment.GetEnvironmentVariable(checkoutVariable) is { Length: > 0 } checkout
            && File.Exists(Path.Combine(checkout, inCheckout))
            ? Path.Combine(checkout, inCheckout)
            : null;
    }
}
