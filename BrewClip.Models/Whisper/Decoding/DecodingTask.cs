using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Decoding.Compression;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper.Decoding;

/// <summary>Decodes windows of sound to text with one set of options, many windows at once where asked.</summary>
/// <remarks>
/// Safe for concurrent use. Each result of a batch equals that of the window alone: an utterance that is done leaves the batch. Neither the
/// model nor the tokenizer is disposed.
/// </remarks>
public sealed class DecodingTask
{
    private readonly InitialTokens _initial;
    private readonly ILogitFilter[] _filters;
    private readonly LikelihoodRanker _ranker;
    private readonly LanguageDetector? _languages;

    /// <summary>Checks the options against the model.</summary>
    /// <param name="model">The network.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="options">openai/whisper's defaults when null.</param>
    /// <exception cref="ArgumentException">Options contradict each other or the model, or the tokenizer is another model's.</exception>
    public DecodingTask(WhisperModel model, WhisperTokenizer tokenizer, DecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (Model, Tokenizer, Options) = (model, tokenizer, options ?? new DecodingOptions());
        if (tokenizer.VocabularySize != model.Config.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer of '{tokenizer.Vocabulary.Source}' holds {tokenizer.VocabularySize} tokens and the model "
                + $"{model.Config.VocabularySize}: load the tokenizer that lies beside the model.",
                nameof(tokenizer));
        }

        Options.Validate();
        _initial = new InitialTokens(tokenizer, Options, model.Config.TextPositions);
        _filters = [.. Filters(tokenizer, Options)];
        _ranker = new LikelihoodRanker(Options.LengthPenalty);
        _languages = tokenizer.IsMultilingual ? new LanguageDetector(tokenizer) : null;
        _initial.For(_initial.Prompt, Options.Language);
    }

    /// <summary>The network.</summary>
    public WhisperModel Model { get; }

    /// <summary>Its tokenizer.</summary>
    public WhisperTokenizer Tokenizer { get; }

    /// <summary>The options, as given.</summary>
    public DecodingOptions Options { get; }

    internal int MaxTokens => _initial.MaxTokens;

    internal IReadOnlyList<ILogitFilter> LogitFilters => _filters;

    internal ISequenceRanker Ranker => _ranker;

    /// <summary>Decodes one window.</summary>
    /// <param name="mel">Its log-mel spectrogram [mel bins, frames] or [1, mel bins, frames], of the model's number of frames.</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <exception cref="ArgumentException">The spectrogram has another shape.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not finite numbers.</exception>
    public DecodingResult Decode(Tensor mel, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        return DecodeBatch(mel.shape.Length == 2 ? mel.unsqueeze(0) : mel, cancellation)[0];
    }

    /// <summary>Decodes many windows at once.</summary>
    /// <param name="mel">Their log-mel spectrograms [windows, mel bins, frames].</param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public IReadOnlyList<DecodingResult> DecodeBatch(Tensor mel, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        return DecodeFeatures(Model.Encoder.Encode(mel), cancellation: cancellation);
    }

    /// <summary>Decodes what the encoder has heard already.</summary>
    /// <param name="features">The encoder's output [windows, frames, width]; not disposed.</param>
    /// <param name="prompts">
    /// For each window the tokens of the text before it, instead of the options' prompt; null for the options'.
    /// </param>
    /// <param name="cancellation">Checked at every token.</param>
    /// <returns>One result for each window, in their order.</returns>
    /// <exception cref="ArgumentException">The features have another shape, or the prompts are of another number.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not finite numbers.</exception>
    public IReadOnlyList<DecodingResult> DecodeFeatures(
        Tensor features,
        IReadOnlyList<IReadOnlyList<int>>? prompts = null,
        CancellationToken cancellation = default)
    {
        int count = CheckedCount(features);
        if (prompts is not null && prompts.Count != count)
        {
            throw new ArgumentException($"{prompts.Count} prompts are given for {count} windows.", nameof(prompts));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // The language's token is written once it is known: it changes no length.
        string known = Options.Language ?? "en";
        var starts = Enumerable.Range(0, count).Select(i => _initial.For(prompts?[i] ?? _initial.Prompt, known)).ToArray();
        using var session = OpenSession(features, starts);
        var detected = Options.Language is null ? Detect(session) : null;
        if (detected is not null)
        {
            starts = [.. starts.Select((_, i) => _initial.For(prompts?[i] ?? _initial.Prompt, detected[i].Language))];
        }

        var utterances = starts.Select((start, i) => new UtteranceDecoding(i, start, Selector())).ToArray();
        new DecodingBatch(this, session, utterances).Run(cancellation);
        return [.. utterances.Select(utterance => Result(utterance, detected?[utterance.Index]))];
    }

    /// <summary>Tells in which language each window is spoken, by the model's scores after the start of a transcript.</summary>
    /// <param name="features">The encoder's output [windows, frames, width]; not disposed.</param>
    /// <exception cref="InvalidOperationException">The model knows English alone.</exception>
    public IReadOnlyList<DetectedLanguage> DetectLanguages(Tensor features)
    {
        CheckedCount(features);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var session = new DecoderSession(Model.Decoder, features, capacity: 1, padding: default);
        return Detect(session) ?? throw new InvalidOperationException("This model knows English alone: there is no language to detect.");
    }

    private static IEnumerable<ILogitFilter> Filters(WhisperTokenizer tokenizer, DecodingOptions options)
    {
        if (options.SuppressBlank)
        {
            yield return new BlankFilter(tokenizer);
        }

        if (SuppressedTokens.Of(options, tokenizer) is { Length: > 0 } suppressed)
        {
            yield return new SuppressionFilter(suppressed);
        }

        if (options.NoRepeatNgram > 0)
        {
            yield return new RepetitionFilter(options.NoRepeatNgram, tokenizer.EndOfText);
        }

        if (options.Timestamps)
        {
            int? latest = options.MaxInitialTimestamp is > 0 and { } seconds
                ? (int)Math.Round(Math.Min(seconds, 1e6) / TimestampSeconds.Step)
                : null;
            yield return new TimestampFilter(tokenizer, latest);
        }
    }

    private int CheckedCount(Tensor features)
    {
        var shape = features.shape;
        if (shape.Length != 3 || shape[0] == 0 || shape[2] != Model.Config.Width)
        {
            throw new ArgumentException(
                $"The encoder's output is [{string.Join(", ", shape)}]: [windows, frames, {Model.Config.Width}] is expected.",
                nameof(features));
        }

        return (int)shape[0];
    }

    private DecoderSession OpenSession(Tensor features, UtteranceStart[] starts)
    {
        int longest = starts.Max(start => start.Tokens.Length);
        int[] padding = [.. starts.Select(start => longest - start.Tokens.Length)];
        int positions = Model.Config.TextPositions;
        int capacity = starts.Zip(padding, (start, before) => before + Math.Min(start.Tokens.Length + MaxTokens, positions)).Max();
        return new DecoderSession(Model.Decoder, features, capacity, padding);
    }

    private DetectedLanguage[]? Detect(IDecoderSession session)
    {
        if (_languages is null)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var rows = HostLogits.Rows(session.ScoreLanguages(Tokenizer.StartOfTranscript));
        var detected = new DetectedLanguage[rows.Count];
        for (int i = 0; i < detected.Length; i++)
        {
            detected[i] = _languages.Detect(rows[i]);
        }

        return detected;
    }

    private ITokenSelector Selector() => Options.BeamSize is null
        ? new SamplingSelector(Options, Tokenizer.EndOfText)
        : new BeamSelector(Options, Tokenizer.EndOfText);

    private DecodingResult Result(UtteranceDecoding utterance, DetectedLanguage? detected)
    {
        var best = _ranker.Best(utterance.Selector.Candidates());
        int[] tokens = best.Tokens.ToArray();
        string text = Tokenizer.Decode(tokens).Trim();
        string? asked = Options.Language is { } language ? WhisperLanguages.CodeOf(language) : null;
        return new DecodingResult
        {
            Tokens = tokens,
            Text = text,
            Language = detected?.Language ?? asked ?? "en",
            LanguageProbabilities = detected?.Probabilities,
            AverageLogProbability = best.LogProbability / (double)(tokens.Length + 1),
            NoSpeechProbability = utterance.NoSpeechProbability,
            Temperature = Options.Temperature,
            CompressionRatio = CompressionRatio.Of(text),
        };
    }
}
