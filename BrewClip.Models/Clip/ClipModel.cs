using BrewClip.Core.Checkpoints;
using BrewClip.Models.Layers;
using BrewClip.Models.Loading;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Models.Clip;

/// <summary>CLIP: images and texts as vectors of one space, compared by cosine.</summary>
/// <remarks>Safe for concurrent use once loaded. Whoever loads it disposes it, and its encoders with it.</remarks>
public sealed class ClipModel : nn.Module
{
    private readonly ClipVisionEncoder vision;
    private readonly ClipTextEncoder text;
    private readonly Parameter logit_scale;

    internal ClipModel(ClipConfig config, ParameterOptions options)
        : base(nameof(ClipModel))
    {
        Config = config;
        vision = new ClipVisionEncoder(config, options);
        text = new ClipTextEncoder(config, options);
        logit_scale = options.Allocate();
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public ClipConfig Config { get; }

    /// <summary>Images to vectors; disposed with this model.</summary>
    public ClipVisionEncoder Vision => vision;

    /// <summary>Texts to vectors; disposed with this model.</summary>
    public ClipTextEncoder Text => text;

    /// <summary>The factor of cosine similarities: the exponential of the stored scale.</summary>
    public float LogitScale
    {
        get
        {
            using var scope = NewDisposeScope();
            return MathF.Exp(logit_scale.detach().to(ScalarType.Float32).cpu().item<float>());
        }
    }

    /// <summary>Loads a model from a folder of the hub's layout (or with OpenAI's own parameter names).</summary>
    /// <param name="folder">A folder with <c>config.json</c> and <c>model.safetensors</c> or its sharded index.</param>
    /// <param name="options">Element type, device and strictness; float32 on the CPU when null.</param>
    /// <param name="cancellation">Checked while weights are copied.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds a weight that is not finite.</exception>
    /// <exception cref="IOException">A weight file was replaced by another while it was being loaded.</exception>
    /// <exception cref="CheckpointMismatchException">Names or shapes of the weights are not those of the configuration.</exception>
    /// <exception cref="NotSupportedException">This libtorch does not compute the asked type on the asked device.</exception>
    public static ClipModel Load(string folder, ModelLoadingOptions? options = null, CancellationToken cancellation = default) =>
        ClipLoader.Load(folder, options ?? new ModelLoadingOptions(), cancellation);

    /// <summary>A model with fresh weights, to be trained from nothing: on the CPU, in float32, with gradients, in training mode.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">Equal seeds give equal weights with the same libtorch.</param>
    /// <exception cref="InvalidDataException">The shape contradicts itself.</exception>
    public static ClipModel Create(ClipConfig config, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = new ClipModel(
            ClipConfig.Parse(config.ToJson(), "the CLIP configuration"), new ParameterOptions(ScalarType.Float32, CPU, true));
        ClipInitialization.Fill(model, seed);
        return model;
    }

    /// <summary>
    /// The logarithm of the factor of cosine similarities, a scalar in the graph: what training learns and clamps. Owned by this model;
    /// moving the model replaces it.
    /// </summary>
    public Parameter LogLogitScale => logit_scale;

    /// <summary>
    /// Writes <c>config.json</c> and <c>model.safetensors</c>, the hub's layout, beside and renamed; tokenizer and preprocessor are the
    /// caller's.
    /// </summary>
    /// <param name="folder">Where to; created where missing.</param>
    /// <param name="type">Element type in the file: float32, float16 or bfloat16.</param>
    /// <exception cref="ArgumentException">The type is another, or cannot hold a weight; nothing is written then.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string folder, SafetensorsType type = SafetensorsType.Float32)
    {
        using var scope = NewDisposeScope();
        ModelWriter.Save(folder, Config.ToJson(), state_dict(), type);
    }

    /// <summary>Scaled cosine similarities of every image with every text.</summary>
    /// <param name="images">Image embeddings [N, width].</param>
    /// <param name="texts">Text embeddings [M, width].</param>
    /// <returns>[N, M], float32, in the graph. The caller disposes it.</returns>
    public Tensor LogitsPerImage(Tensor images, Tensor texts)
    {
        using var scope = NewDisposeScope();
        var cosines = nn.functional.linear(Normalise(images), Normalise(texts));
        return (cosines * logit_scale.to(ScalarType.Float32).exp()).MoveToOuterDisposeScope();
    }

    /// <summary>Parameters under the names of the hub's checkpoints.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
    {
        destination ??= [];
        string lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
        foreach (string name in named_parameters().Select(parameter => lead + parameter.name))
        {
            destination.Remove(name);
        }

        vision.state_dict(destination, prefix);
        text.state_dict(destination, prefix);
        destination[lead + nameof(logit_scale)] = logit_scale;
        return destination;
    }

    private static Tensor Normalise(Tensor vectors) => vectors / vectors.norm(1, true);
}
