using BrewClip.Core.Checkpoints;
using BrewClip.Core.Retrieval;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper;
using BrewClip.Training.Losses;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Training.Tasks;

/// <summary>How <see cref="BrewClipTraining"/> learns.</summary>
public sealed record BrewClipTrainingOptions
{
    /// <summary>What two utterances of one image within a batch mean. Default: left out of the denominator (design, section 3).</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Masked;

    /// <summary>The weight of the inner loss. Default 0.1 (paper, appendix A).</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>The largest factor of the cosines where temperatures learn. Default 100.</summary>
    public double LargestLogitScale { get; init; } = 100;

    /// <summary>Examples embedded at a time while evaluating. Default 32.</summary>
    public int EvaluationBatch { get; init; } = 32;
}

/// <summary>
/// BrewCLIP's training (paper, section 3): prompts and acoustic branch by the inner and outer loss, over frozen towers and cached frames
/// and transcripts. The image tower is in the graph where images take prompts.
/// </summary>
/// <remarks>
/// Network and towers are the caller's. With the towers loaded in bfloat16 and the network left in float32 this is mixed precision: what
/// learns keeps its precision.
/// </remarks>
public sealed class BrewClipTraining : ITrainingTask<SpeechImageExample>
{
    private readonly BrewClipNetwork _network;
    private readonly WhisperConfig _whisper;
    private readonly SpeechImageSource _training;
    private readonly SpeechImageSource? _heldOut;
    private readonly BrewClipTrainingOptions _options;
    private readonly InnerOuterLoss _loss;
    private IReadOnlyList<SkippedExample> _heldOutSkipped = [];

    /// <summary>Makes a task.</summary>
    /// <param name="network">What learns.</param>
    /// <param name="whisper">The shape of the Whisper whose frames are cached.</param>
    /// <param name="training">Where the examples come from.</param>
    /// <param name="heldOut">What is evaluated on; null for none.</param>
    /// <param name="options">How it learns.</param>
    public BrewClipTraining(
        BrewClipNetwork network, WhisperConfig whisper, SpeechImageSource training, SpeechImageSource? heldOut = null,
        BrewClipTrainingOptions? options = null)
    {
        (_network, _whisper, _training, _heldOut, _options) =
            (network, whisper, training, heldOut, options ?? new BrewClipTrainingOptions());
        _loss = new InnerOuterLoss(_options.Duplicates, _options.Alpha);
        Parameters = TrainableParameters.Of(network);
        if (network.Config.HasAcoustic && training.HasValidFramesOnly != network.Config.MaskPadding)
        {
            throw new ArgumentException(
                $"mask_padding is {network.Config.MaskPadding}, and the cached frames "
                + $"{(training.HasValidFramesOnly ? "hold speech alone" : "are those of the whole window")}: "
                + "a model that masks padding takes the valid frames, any other the whole window.",
                nameof(training));
        }
    }

    /// <summary>The held-out utterances that the last evaluation left out, and why.</summary>
    public IReadOnlyList<SkippedExample> HeldOutSkipped => _heldOutSkipped;

    /// <inheritdoc/>
    public string Name => "brewclip";

    /// <inheritdoc/>
    public string Fingerprint => TaskFingerprint.Of(
        Name, _network.Config with { Whisper = "-", Clip = "-" }, _options.Duplicates, _options.Alpha, _options.LargestLogitScale);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <inheritdoc/>
    public TrainingMetric Metric { get; } = new("recall_mean", HigherIsBetter: true);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Backward(IReadOnlyList<IReadOnlyList<SpeechImageExample>> parts)
    {
        using var scope = NewDisposeScope();
        _network.train();
        var terms = new Dictionary<string, double>();
        FeatureCachingBackward.Run(parts, Embed, features => Loss(features, terms));
        return terms;
    }

    /// <summary>Holds learnable logit scales between 1 and their largest value.</summary>
    public void AfterStep()
    {
        if (_network.OuterLogitScale.requires_grad)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            double largest = Math.Log(_options.LargestLogitScale);
            _network.OuterLogitScale.detach().clamp_(0, largest);
            _network.InnerLogitScale.detach().clamp_(0, largest);
        }
    }

    /// <summary>Recall on the held-out utterances, and <c>left_out</c>: how many of them could not be loaded.</summary>
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Evaluate(CancellationToken cancellation)
    {
        if (_heldOut is null)
        {
            return new Dictionary<string, double>();
        }

        _network.eval();
        var speech = new List<float>();
        var images = new List<float>();
        var imageOfSpeech = new List<int>();
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

            var (text, acoustic) = Speech(batch);
            speech.AddRange(BrewClipNetwork.Fuse(text, acoustic).cpu().data<float>().ToArray());
            var fresh = batch.Where(example => known.TryAdd(example.Image, known.Count)).ToList();
            if (fresh.Count > 0)
            {
                images.AddRange(Images(fresh).cpu().data<float>().ToArray());
            }

            imageOfSpeech.AddRange(batch.Select(example => known[example.Image]));
        }

        _heldOutSkipped = skipped;
        HeldOutExamples.Require(imageOfSpeech.Count, skipped, "utterances");
        int width = speech.Count / imageOfSpeech.Count;
        var results = Recalls.Of(
            RecallAtK.Compute([.. speech], [.. images], imageOfSpeech, width, cancellationToken: cancellation), "speech");
        results["left_out"] = skipped.Count;
        return results;
    }

    /// <summary>Writes the trained part with its config, whose names of Whisper and CLIP must hold from that folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensors = _network.state_dict().OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => TensorData.FromFloat32(
            item.Key, item.Value.shape, item.Value.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()));
        SafetensorsWriter.Write(Path.Combine(folder, SafetensorsFile.SingleFileName), tensors);
        _network.Config.Save(folder);
    }

    // [images, ids, then text and acoustic embeddings, each where its channel is there]
    private IReadOnlyList<Tensor> Embed(IReadOnlyList<SpeechImageExample> examples)
    {
        var (text, acoustic) = Speech(examples);
        var ids = tensor(examples.Select(example => example.Image).ToArray(), device: Device);
        return [Images(examples), ids, .. text is null ? [] : (Tensor[])[text], .. acoustic is null ? [] : (Tensor[])[acoustic]];
    }

    private Tensor Loss(IReadOnlyList<Tensor> features, Dictionary<string, double> terms)
    {
        var text = _network.Config.HasPipeline ? features[2] : null;
        var acoustic = _network.Config.HasAcoustic ? features[^1] : null;
        var losses = _loss.Compute(
            BrewClipNetwork.Fuse(text, acoustic), features[0], acoustic, text, features[1], _network.OuterLogitScale,
            _network.InnerLogitScale);
        terms["loss"] = losses.Total.item<float>();
        terms["outer"] = losses.Outer.item<float>();
        if (losses.Inner is not null)
        {
            terms["inner"] = losses.Inner.item<float>();
        }

        return losses.Total;
    }

    private (Tensor? Text, Tensor? Acoustic) Speech(IReadOnlyList<SpeechImageExample> examples)
    {
        var text = _network.Config.HasPipeline
            ? _network.EmbedText(ExampleTensors.Tokens(examples, example => example.Tokens ?? throw Lacks("transcripts"), 0))
            : null;
        var acoustic = _network.Config.HasAcoustic
            ? CachedFrameEmbedding.Embed(_network, _whisper, [.. examples.Select(example => example.Frames ?? throw Lacks("frames"))])
            : null;
        return (text, acoustic);
    }

    private Tensor Images(IReadOnlyList<SpeechImageExample> examples)
    {
        if (examples[0].ImageEmbedding is { } first && !_network.TrainsImages)
        {
            return ExampleTensors.Rows(examples.Select(example => example.ImageEmbedding!).ToList(), [first.Length], Device);
        }

        using var scope = NewDisposeScope();
        var pixels = examples
            .Select(example => example.Pixels ?? throw Lacks("pictures: with vision prompts image embeddings cannot be cached")).ToList();
        return _network.EmbedImage(ExampleTensors.Pixels(pixels, _training.Processor.Config, Device)).MoveToOuterDisposeScope();
    }

    private Device Device => _network.OuterLogitScale.device;

    private static InvalidOperationException Lacks(string what) => new($"The examples lack {what}.");
}
