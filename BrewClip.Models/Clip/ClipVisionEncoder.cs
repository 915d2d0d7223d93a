using BrewClip.Models.Layers;
using BrewClip.Models.Loading;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP's image encoder: pixels to vectors in the space that images and texts share.</summary>
/// <remarks>
/// Safe for concurrent use once loaded. Results belong to the caller (and to its dispose scope, where it has one) and are float32 whatever
/// the precision of the weights. <c>forward</c> and <see cref="Features"/> take part in autograd, so that gradients reach prompts through a
/// frozen tower; <see cref="Encode"/> does not.
/// </remarks>
public sealed class ClipVisionEncoder : nn.Module<Tensor, Tensor>
{
    private readonly ClipVisionTower vision_model;
    private readonly LinearLayer visual_projection;

    internal ClipVisionEncoder(ClipConfig config, ParameterOptions options)
        : base(nameof(ClipVisionEncoder))
    {
        Config = config;
        vision_model = new ClipVisionTower(config.Vision, options);
        visual_projection = new LinearLayer(config.Vision.HiddenSize, config.EmbeddingSize, options, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public ClipConfig Config { get; }

    /// <summary>Loads the image encoder alone from a folder that holds a CLIP model, or only this half of one.</summary>
    /// <inheritdoc cref="ClipModel.Load" path="/param|/exception"/>
    public static ClipVisionEncoder Load(string folder, ModelLoadingOptions? options = null, CancellationToken cancellation = default) =>
        ClipLoader.LoadVision(folder, options ?? new ModelLoadingOptions(), cancellation);

    /// <summary>Embeddings without a gradient.</summary>
    /// <param name="pixels">[N, 3, height, width], preprocessed; any element type and device.</param>
    /// <param name="interpolatePositions">As in <see cref="forward(Tensor, Tensor?, bool)"/>. Default false.</param>
    /// <returns>[N, embedding width], float32, not normalised.</returns>
    /// <exception cref="ArgumentException">The pixels do not fit this model.</exception>
    public Tensor Encode(Tensor pixels, bool interpolatePositions = false)
    {
        using var noGrad = no_grad();
        return forward(pixels, null, interpolatePositions);
    }

    /// <summary>[N, 3, size, size] to embeddings [N, embedding width], not normalised.</summary>
    public override Tensor forward(Tensor pixels) => forward(pixels, null);

    /// <summary>Embeddings of images, with prompt vectors in the sequence where given.</summary>
    /// <param name="pixels">[N, 3, height, width], preprocessed; any element type and device.</param>
    /// <param name="prompts">[L, tower width] or [N, L, tower width], appended after the position-embedded patches; null for none.</param>
    /// <param name="interpolatePositions">
    /// Allow images of another size than the model's: its position embeddings are resized (bicubic) to the grid of patches.
    /// </param>
    /// <returns>[N, embedding width], float32, not normalised.</returns>
    /// <exception cref="ArgumentException">Pixels or prompts do not fit this model.</exception>
    public Tensor forward(Tensor pixels, Tensor? prompts, bool interpolatePositions = false)
    {
        // A wrong shape is the tower's to refuse; prompts of their own go with their images.
        if (pixels.shape.Length != 4 || pixels.shape[0] == 0 || prompts is { shape.Length: > 2 })
        {
            return Embed(pixels, prompts, interpolatePositions);
        }

        var vision = Config.Vision;
        long positions = pixels.shape[2] * pixels.shape[3] / ((long)vision.PatchSize * vision.PatchSize) + 1 + PromptVectors.Length(
            prompts);
        return CacheSizedPasses.Run(
            pixels, positions, vision.IntermediateSize, vision_model.Device, some => Embed(some, prompts, interpolatePositions));
    }

    private Tensor Embed(Tensor pixels, Tensor? prompts, bool interpolatePositions)
    {
        using var scope = NewDisposeScope();
        var pooled = vision_model.Pooled(pixels, prompts, interpolatePositions);
        return visual_projection.forward(pooled).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Embeddings and the features of every patch; parameters as those of <see cref="forward(Tensor, Tensor?, bool)"/>.</summary>
    public ClipVisionFeatures Features(Tensor pixels, Tensor? prompts = null, bool interpolatePositions = false)
    {
        using var scope = NewDisposeScope();
        var states = vision_model.States(pixels, prompts, interpolatePositions);
        var embedding = visual_projection.forward(vision_model.Pool(states)).to(ScalarType.Float32);
        long patches = states.shape[1] - 1 - PromptVectors.Length(prompts);
        var features = states.narrow(1, 1, patches).to(ScalarType.Float32);
        return new ClipVisionFeatures(embedding.MoveToOuterDisposeScope(), features.MoveToOuterDisposeScope());
    }

    /// <summary>What the last layer reads, [N, 1 + patches + prompts, tower width], in the tower's element type.</summary>
    internal Tensor Penultimate(Tensor pixels, Tensor? prompts) => vision_model.Penultimate(pixels, prompts);

    /// <summary>From what the last layer reads to embeddings [N, embedding width], float32.</summary>
    internal Tensor EmbeddingFrom(Tensor penultimate)
    {
        using var scope = NewDisposeScope();
        return visual_projection.forward(vision_model.PooledFrom(penultimate)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters under the names of the hub's checkpoints.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) =>
        FusedProjection.SplitNames(base.state_dict(destination, prefix), prefix, keyHasBias: true);
}
