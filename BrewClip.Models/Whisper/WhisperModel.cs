using BrewClip.Core.Checkpoints;
using BrewClip.Models.Layers;
using BrewClip.Models.Loading;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>Whisper's two halves. It knows nothing of strategies: how tokens are chosen is the business of <c>Decoding</c>.</summary>
/// <remarks>
/// Safe for concurrent use once loaded (with a <see cref="KeyValueCache"/> for each thread). Whoever loads it disposes it, and its halves
/// with it.
/// </remarks>
public sealed class WhisperModel : nn.Module
{
    /// <summary>The name under which the hub's files hold both halves.</summary>
    internal const string Prefix = "model";

    private readonly WhisperEncoder encoder;
    private readonly WhisperDecoder decoder;

    internal WhisperModel(WhisperConfig config, WhisperGenerationConfig generation, ParameterOptions options)
        : base(nameof(WhisperModel))
    {
        Config = config;
        Generation = generation;
        encoder = new WhisperEncoder(config, options);
        decoder = new WhisperDecoder(config, options);
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public WhisperConfig Config { get; }

    /// <summary>What the folder said of decoding; nulls throughout where it said nothing.</summary>
    public WhisperGenerationConfig Generation { get; }

    /// <summary>
    /// The heads that follow the timing of words: those that the folder names, or where it names none every head of the decoder's later
    /// half, as whisper/model.py takes them until told better (<see cref="Presets.ModelPresets.WhisperAlignmentHeads"/> knows the published
    /// models').
    /// </summary>
    public IReadOnlyList<AlignmentHead> AlignmentHeads => Generation.AlignmentHeads is { Count: > 0 } named ? named :
    [
        .. from layer in Enumerable.Range(Config.DecoderLayers / 2, Config.DecoderLayers - Config.DecoderLayers / 2)
           from head in Enumerable.Range(0, Config.DecoderAttentionHeads)
           select new AlignmentHead(layer, head),
    ];

    /// <summary>Sound to states; disposed with this model.</summary>
    public WhisperEncoder Encoder => encoder;

    /// <summary>States to tokens; disposed with this model.</summary>
    public WhisperDecoder Decoder => decoder;

    /// <summary>Loads a model from a folder of the hub's layout (or with OpenAI's own parameter names).</summary>
    /// <param name="folder">A folder with <c>config.json</c> and <c>model.safetensors</c> or its sharded index.</param>
    /// <param name="options">Element type, device and strictness; float32 on the CPU when null.</param>
    /// <param name="cancellation">Checked while weights are copied.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds a weight that is not finite.</exception>
    /// <exception cref="IOException">A weight file was replaced by another while it was being loaded.</exception>
    /// <exception cref="CheckpointMismatchException">Names or shapes of the weights are not those of the configuration.</exception>
    /// <exception cref="NotSupportedException">This libtorch does not compute the asked type on the asked device.</exception>
    public static WhisperModel Load(string folder, ModelLoadingOptions? options = null, CancellationToken cancellation = default) =>
        WhisperLoader.Load(folder, options ?? new ModelLoadingOptions(), cancellation);

    /// <summary>A model with fresh weights, to be trained from nothing: on the CPU, in float32, with gradients, in training mode.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">Equal seeds give equal weights with the same libtorch.</param>
    /// <remarks>The encoder's positions are sinusoids and take no gradient, as in the published models.</remarks>
    /// <exception cref="InvalidDataException">The shape contradicts itself.</exception>
    public static WhisperModel Create(WhisperConfig config, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(config);
        var model = new WhisperModel(
            WhisperConfig.Parse(config.ToJson(), "the Whisper configuration"),
            new WhisperGenerationConfig(),
            new ParameterOptions(ScalarType.Float32, CPU, true));
        WhisperInitialization.Fill(model, seed);
        return model;
    }

    /// <summary>
    /// Writes <c>config.json</c> and <c>model.safetensors</c>, the hub's layout, beside and renamed; the tokenizer is the caller's.
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

    /// <summary>
    /// Parameters under the names of the hub's checkpoints; the output layer is the token table and has no name of its own.
    /// </summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
    {
        destination ??= [];
        string lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
        foreach (string name in named_parameters().Select(parameter => lead + parameter.name))
        {
            destination.Remove(name);
        }

        encoder.state_dict(destination, $"{lead}{Prefix}.encoder");
        decoder.state_dict(destination, $"{lead}{Prefix}.decoder");
        return destination;
    }
}
