using BrewClip.Core.Retrieval;
using BrewClip.Core.Text;
using BrewClip.Data.Loading;
using BrewClip.Models.Clip;
using BrewClip.Training.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>How <see cref="ClipPretraining"/> learns.</summary>
public sealed record ClipPretrainingOptions
{
    /// <summary>What two captions of one image within a batch mean. Default: left out of the denominator.</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Masked;

    /// <summary>
    /// The largest factor of the cosines; the learned scale is held at its logarithm. Default 100 (CLIP paper, section 2.5).
    /// </summary>
    public double LargestLogitScale { get; init; } = 100;

    /// <summary>Examples embedded at a time while evaluating. Default 64.</summary>
    public int EvaluationBatch { get; init; } = 64;
}

/// <summary>
/// CLIP's own training (Radford et al. 2021): images against their captions by symmetric cross entropy, both towers and the scale learned.
/// </summary>
/// <remarks>The model is the caller's. Evaluation measures recall both ways over the distinct images of the held-out source.</remarks>
public sealed class ClipPretraining : ITrainingTask<ImageTextExample>
{
    private readonly ClipModel _model;
    private readonly ImageTextSource _training;
    private readonly ImageTextSource? _heldOut;
    private readonly ClipPretrainingOptions _options;
    private readonly ContrastiveLoss _loss;

    /// <summary>Makes a task.</summary>
    /// <param name="model">Trainable: made by <see cref="ClipModel.Create"/>, or loaded with gradients.</param>
    /// <param name="training">Where the examples come from; its tokenizer and preprocessor are saved with the model.</param>
    /// <param name="heldOut">What is evaluated on; null for none.</param>
    /// <param name="options">How it learns.</param>
    public ClipPretraining(
        ClipModel model, ImageTextSource training, ImageTextSource? heldOut = null, ClipPretrainingOptions? options = null)
    {
        (_model, _training, _heldOut, _options) = (model, training, heldOut, options ?? new ClipPretrainingOptions());
        _loss = new ContrastiveLoss(_options.Duplicates);
        Parameters = TrainableParameters.Of(model);
    }

    /// <inheritdoc/>
    public string Name => "clip-pretraining";

    /// <inheritdoc/>
    public string Fingerprint => TaskFingerprint.Of(Name, _model.Config, _options.Duplicates, _options.LargestLogitScale);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <inheritdoc/>
    public TrainingMetric Metric { get; } = new("recall_mean", HigherIsBetter: true);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Backward(IReadOnlyList<IReadOnlyList<ImageTextExample>> parts)
    {
        using var scope = NewDisposeScope();
        _model.train();
        var total = FeatureCachingBackward.Run(
            parts,
            Embed,
            features => _loss.Compute(features[0], features[1], features[2], _model.LogLogitScale));
        return new Dictionary<string, double> { ["loss"] = total.item<float>(), ["logit_scale"] = _model.LogitScale };
    }

    /// <summary>Holds the scale between 1 and its largest value.</summary>
    public void AfterStep()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _model.LogLogitScale.detach().clamp_(0, Math.Log(_options.LargestLogitScale));
    }

    /// <summary>Recall on the held-out captions, and <c>left_out</c>: how many of them could not be loaded.</summary>
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(CancellationToken cancellation)
    {
        if (_heldOut is null)
        {
            return new Dictionary<string, double>();
        }

        _model.eval();
        var texts = new List<float>();
        var images = new List<float>();
        var imageOfText = new List<int>();
        var known = new Dictionary<long, int>();
        var skipped = new List<SkippedExample>();
        foreach (int[] chunk in Enumerable.Range(0, _heldOut.Count).Chunk(_options.EvaluationBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var batch = HeldOutExamples.Load(_heldOut, chunk, skipped);
            if (batch.Count == 0)
            {
                continue;
            }

            texts.AddRange(_model.Text.forward(ExampleTensors.Tokens(batch, example => example.Tokens, 0)).cpu().data<float>().ToArray());
            var fresh = batch.Where(example => known.TryAdd(example.Image, known.Count)).ToList();
            if (fresh.Count > 0)
            {
                images.AddRange(_model.Vision.forward(Pixels(fresh)).cpu().data<float>().ToArray());
            }

            imageOfText.AddRange(batch.Select(example => known[example.Image]));
        }

        HeldOutExamples.Require(imageOfText.Count, skipped, "captions");
        var results = Recalls.Of(
            RecallAtK.Compute([.. texts], [.. images], imageOfText, _model.Config.EmbeddingSize, cancellationToken: cancellation), "text");
        results["left_out"] = skipped.Count;
        return results;
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        _model.Save(folder);
        HubVocabularyWriter.Save(_training.Tokenizer.Vocabulary, folder);
        _training.Processor.Config.Save(folder);
    }

    private IReadOnlyList<Tensor> Embed(IReadOnlyList<ImageTextExample> examples) =>
    [
        _model.Vision.forward(Pixels(examples)),
        _model.Text.forward(ExampleTensors.Tokens(examples, example => example.Tokens, 0)),
        tensor(examples.Select(example => example.Image).ToArray(), device: _model.LogLogitScale.device),
    ];

    private Tensor Pixels(IReadOnlyList<ImageTextExample> examples) =>
        ExampleTensors.Pixels(examples.Select(example => example.Pixels).ToList(), _training.Processor.Config, _model.LogLogitScale.device);
}
