using System.Text;
using BrewClip.Core.Text;
using BrewClip.Data.Loading;
using BrewClip.Models.Whisper;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Training.Tasks;

/// <summary>How <see cref="WhisperPretraining"/> learns.</summary>
public sealed record WhisperPretrainingOptions
{
    /// <summary>The share of the target that is spread over the whole vocabulary, 0 to below 1. Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// The share of batches, 0 to 1, that see the model's whole window; the others are cut after their longest recording, which saves most
    /// of the time where recordings are short. Default 1.
    /// </summary>
    public double FullWindowShare { get; init; } = 1;

    /// <summary>
    /// The weight of the encoder's own spelling of the transcript (<see cref="TemporalClassificationHead"/>, over UTF-8's bytes) beside the
    /// decoder's loss, 0 or more. Default 0: none, as the published Whisper was trained. A model from nothing on hours rather than years of
    /// speech needs it: bytes, because letters are heard within few frames and words are not.
    /// </summary>
    public double AlignmentWeight { get; init; }

    /// <summary>
    /// The share of the text's tokens, 0 to below 1, that the decoder reads as some other token while it learns. Default 0. Where sentences
    /// are alike, a decoder guesses the next word from those before; it listens once those cannot be trusted.
    /// </summary>
    public double TokenNoise { get; init; }

    /// <summary>Utterances transcribed at a time while evaluating. Default 32.</summary>
    public int EvaluationBatch { get; init; } = 32;

    /// <summary>How many held-out utterances an evaluation transcribes, evenly spread. Default 500.</summary>
    public int EvaluationExamples { get; init; } = 500;
}

/// <summary>Whisper's own training (Radford et al. 2023): the next token of the transcript, given those before it and the sound.</summary>
/// <remarks>The model is the caller's. Evaluation transcribes held-out utterances greedily and measures the word error rate.</remarks>
public sealed class WhisperPretraining : ITrainingTask<SpeechTextExample>
{
    private const int Ignored = -100;
    private const int ByteValues = 256;

    // Some silence after the longest recording, so that every recording is seen to end.
    private const int FramesAfter = 12;

    private readonly WhisperModel _model;
    private readonly SpeechTextSource _training;
    private readonly SpeechTextSource? _heldOut;
    private readonly WhisperPretrainingOptions _options;
    private readonly TemporalClassificationHead? _head;

    /// <summary>Makes a task.</summary>
    /// <param name="model">Trainable: made by <see cref="WhisperModel.Create"/>, or loaded with gradients.</param>
    /// <param name="training">Where the examples come from; its tokenizer is saved with the model.</param>
    /// <param name="heldOut">What is evaluated on, without augmentation; null for none.</param>
    /// <param name="options">How it learns.</param>
    public WhisperPretraining(
        WhisperModel model, SpeechTextSource training, SpeechTextSource? heldOut = null, WhisperPretrainingOptions? options = null)
    {
        (_model, _training, _heldOut, _options) = (model, training, heldOut, options ?? new WhisperPretrainingOptions());
        if (_options.LabelSmoothing is not (>= 0 and < 1))
        {
            throw new ArgumentException($"The label smoothing is {_options.LabelSmoothing}: it lies in [0, 1).", nameof(options));
        }

        if (_options.FullWindowShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"The share of full windows is {_options.FullWindowShare}: it lies in [0, 1].", nameof(options));
        }

        if (_options.AlignmentWeight is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The weight of the alignment is {_options.AlignmentWeight}: it is 0 or more.", nameof(options));
        }

        if (_options.TokenNoise is not (>= 0 and < 1))
        {
            throw new ArgumentException(
                $"The share of tokens that are replaced is {_options.TokenNoise}: it lies in [0, 1).", nameof(options));
        }

        Parameters = TrainableParameters.Of(model);
        if (_options.AlignmentWeight > 0)
        {
            _head = new TemporalClassificationHead(model.Config.Width, ByteValues, model.Encoder.Device);
            Parameters = [.. Parameters, .. TrainableParameters.Of(_head).Select(item => ("alignment." + item.Name, item.Parameter))];
        }
    }

    /// <inheritdoc/>
    public string Name => "whisper-pretraining";

    /// <inheritdoc/>
    public string Fingerprint =>
        TaskFingerprint.Of(Name, _model.Config, _options.LabelSmoothing, _options.AlignmentWeight, _options.TokenNoise);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <inheritdoc/>
    public TrainingMetric Metric { get; } = new("word_error_rate", HigherIsBetter: false);

    /// <summary>Adds the gradients of the mean over all target tokens of all parts, whatever the parts.</summary>
    /// <returns>
    /// <c>loss</c>, the decoder's, and <c>alignment</c>, the encoder's own where it has a weight; both a target token of the decoder.
    /// </returns>
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Backward(IReadOnlyList<IReadOnlyList<SpeechTextExample>> parts)
    {
        _model.train();
        long targets = parts.Sum(Targets);
        double loss = 0, alignment = 0;
        foreach (var part in parts)
        {
            using var scope = NewDisposeScope();
            long own = Targets(part);
            var states = Encode(part, WindowFor(part));
            var weighted = Loss(part, states, _options.TokenNoise) * ((double)own / targets);
            loss += weighted.item<float>();
            if (_head is not null)
            {
                var aligned = Alignment(part, states) / targets;
                alignment += aligned.item<float>();
                weighted += aligned * _options.AlignmentWeight;
            }

            weighted.backward();
        }

        return _head is null
            ? new Dictionary<string, double> { ["loss"] = loss }
            : new Dictionary<string, double> { ["loss"] = loss, ["alignment"] = alignment };
    }

    /// <returns>
    /// <c>held_out_loss</c>, the mean over target tokens, <c>word_error_rate</c> of the decoder's transcripts and, where the encoder reads
    /// too, <c>encoder_word_error_rate</c> of its own; <c>left_out</c>: how many utterances could not be loaded.
    /// </returns>
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(CancellationToken cancellation)
    {
        if (_heldOut is null)
        {
            return new Dictionary<string, double>();
        }

        _model.eval();
        int count = Math.Min(_heldOut.Count, _options.EvaluationExamples);
        var rates = new List<WordErrorRate>();
        var heard = new List<WordErrorRate>();
        var skipped = new List<SkippedExample>();
        double loss = 0;
        long targets = 0;
        foreach (int[] chunk in Enumerable.Range(0, count).Select(i => (int)((long)i * _heldOut.Count / count)).Chunk(
            _options.EvaluationBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var batch = HeldOutExamples.Load(_heldOut, chunk, skipped);
            if (batch.Count == 0)
            {
                continue;
            }

            var audio = _model.Encoder.Encode(Mel(batch));
            loss += Loss(batch, audio).item<float>() * Targets(batch);
            targets += Targets(batch);
            string[] texts = GreedyTranscripts.Of(_model.Decoder, audio, _heldOut.Tokenizer, _heldOut.StartSequence);
            rates.AddRange(texts.Zip(batch, (text, example) => WordErrorRate.Compute(Plain(example.Text), Plain(text))));
            if (_head is not null)
            {
                heard.AddRange(Heard(batch, audio).Zip(batch, (text, example) => WordErrorRate.Compute(Plain(example.Text), Plain(text))));
            }
        }

        HeldOutExamples.Require(rates.Count, skipped, "utterances");
        var metrics = new Dictionary<string, double>
        {
            ["held_out_loss"] = loss / targets,
            ["word_error_rate"] = WordErrorRate.Sum(rates).Rate,
            ["left_out"] = skipped.Count,
        };
        if (_head is not null)
        {
            metrics["encoder_word_error_rate"] = WordErrorRate.Sum(heard).Rate;
        }

        return metrics;
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        _model.Save(folder);
        HubVocabularyWriter.Save(_training.Tokenizer.Vocabulary, folder);
    }

    // The draw is libtorch's, whose state a checkpoint holds.
    private int WindowFor(IReadOnlyList<SpeechTextExample> examples)
    {
        using var draw = rand(1);
        int longest = examples.Max(example => example.Frames) + FramesAfter;
        return draw.item<float>() < _options.FullWindowShare
            ? _model.Config.MelFrames
            : Math.Min(_model.Config.MelFrames, longest + longest % 2);
    }

    private Tensor Encode(IReadOnlyList<SpeechTextExample> examples, int frames)
    {
        using var scope = NewDisposeScope();
        return _model.Encoder.ForwardShort(Mel(examples).narrow(2, 0, frames).contiguous()).MoveToOuterDisposeScope();
    }

    private Tensor Loss(IReadOnlyList<SpeechTextExample> examples, Tensor states, double noise = 0)
    {
        using var scope = NewDisposeScope();
        var tokens = ExampleTensors.Tokens(examples, example => example.Tokens[..^1], _training.Tokenizer.EndOfText);
        tokens = noise > 0 ? TokenNoise.Disturb(tokens, _training.Tokenizer.EndOfText, noise) : tokens;
        var targets = ExampleTensors.Tokens(examples, example => example.Tokens[1..], Ignored).to(_model.Decoder.Device);
        var logits = _model.Decoder.TeacherForced(tokens, states);
        return F.cross_entropy(
            logits.view(-1, logits.shape[2]), targets.view(-1), ignore_index: Ignored,
            label_smoothing: _options.LabelSmoothing).MoveToOuterDisposeScope();
    }

    private Tensor Alignment(IReadOnlyList<SpeechTextExample> examples, Tensor states) => _head!.Loss(
        states, [.. examples.Select(example => States(example, states))], [.. examples.Select(Spelling)]);

    private static long Targets(IReadOnlyList<SpeechTextExample> examples) => examples.Sum(example => (long)example.Tokens.Length - 1);

    private static int[] Spelling(SpeechTextExample example) =>
        [.. Encoding.UTF8.GetBytes(example.Text.Trim()).Select(value => (int)value)];

    private IEnumerable<string> Heard(IReadOnlyList<SpeechTextExample> examples, Tensor states) =>
        _head!.Read(states, [.. examples.Select(example => States(example, states))])
            .Select(bytes => Encoding.UTF8.GetString([.. bytes.Select(value => (byte)value)]));

    // Two frames of the spectrogram make one state.
    private static int States(SpeechTextExample example, Tensor states) => (int)Math.Min(states.shape[1], (example.Frames + 1) / 2);

    private Tensor Mel(IReadOnlyList<SpeechTextExample> examples) => ExampleTensors.Rows(
        examples.Select(example => example.Mel).ToList(), [_model.Config.MelBins, _model.Config.MelFrames], _model.Encoder.Device);

    private static string Plain(string text) => text.Trim().ToLowerInvariant();
}
