using BrewClip.Core.Text;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>The tokens that a transcript is continued from: [previous text] start, language, task, [no timestamps] [prefix].</summary>
internal sealed class InitialTokens
{
    private readonly WhisperTokenizer _tokenizer;
    private readonly DecodingOptions _options;
    private readonly int[] _prefix;
    private readonly int _positions;

    public InitialTokens(WhisperTokenizer tokenizer, DecodingOptions options, int positions)
    {
        (_tokenizer, _options, _positions) = (tokenizer, options, positions);
        int asked = options.MaxTokens ?? Math.Max(1, positions / 2);
        MaxTokens = Math.Min(asked, positions);
        _prefix = Last(Tokens(options.Prefix, options.PrefixTokens, nameof(options.Prefix)), positions / 2 - asked);
        Prompt = Tokens(options.Prompt, options.PromptTokens, nameof(options.Prompt));
    }

    /// <summary>The most tokens that may be generated: never more than the model has positions.</summary>
    public int MaxTokens { get; }

    /// <summary>The prompt of the options, in tokens, not yet shortened.</summary>
    public int[] Prompt { get; }

    /// <summary>What an utterance begins with.</summary>
    /// <param name="prompt">Tokens of the text before it; of these the last 223 (half of the positions but one) are used.</param>
    /// <param name="language">The language, or null for the model's default.</param>
    public UtteranceStart For(IReadOnlyList<int> prompt, string? language)
    {
        int[] before = prompt.Count == 0
            ? []
            : [_tokenizer.StartOfPrevious, .. Last(Checked(prompt, nameof(DecodingOptions.PromptTokens)), _positions / 2 - 1)];
        int[] tokens = [.. before, .. _tokenizer.StartSequence(language, _options.Task, _options.Timestamps), .. _prefix];
        if (tokens.Length > _positions)
        {
            throw new ArgumentException(
                $"Prompt, start and prefix are {tokens.Length} tokens: the model reads {_positions}, so shorten the prefix or lower "
                + "MaxTokens.");
        }

        return new UtteranceStart(tokens, before.Length);
    }

    // As a Python slice [-count:] with the reference's counts: 0 keeps all, and a negative count drops from the front.
    private static int[] Last(int[] tokens, int count) =>
        count == 0 ? tokens
        : count < 0 ? tokens[Math.Min(tokens.Length, -count)..]
        : tokens[Math.Max(0, tokens.Length - count)..];

    private int[] Tokens(string? text, IReadOnlyList<int>? tokens, string name)
    {
        if (tokens is not null)
        {
            return Checked(tokens, name + "Tokens");
        }

        return string.IsNullOrEmpty(text) ? [] : _tokenizer.Encode(" " + text.Trim());
    }

    private int[] Checked(IReadOnlyList<int> tokens, string name)
    {
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_tokenizer.VocabularySize)
            {
                throw new ArgumentException($"{name} holds {token}: the vocabulary's ids run from 0 to {_tokenizer.VocabularySize - 1}.");
            }
        }

        return [.. tokens];
    }
}
