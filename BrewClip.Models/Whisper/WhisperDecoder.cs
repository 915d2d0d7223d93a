using BrewClip.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Models.Whisper;

/// <summary>Whisper's decoder: tokens so far, and the audio, to a score for every next token.</summary>
/// <remarks>
/// <para>Only <see cref="TeacherForced"/> takes part in autograd. Safe for concurrent use with a cache for each thread. Results belong to
/// the caller (and to its dispose scope, where it has one).</para>
/// <para>The road of a step: tokens [rows, T] → <see cref="States"/> [rows, T, width] → <see cref="Logits"/> [..., vocabulary];
/// <see cref="Decode"/> is both, for the last positions.</para>
/// </remarks>
public sealed class WhisperDecoder : nn.Module
{
    private readonly EmbeddingTable embed_tokens;
    private readonly EmbeddingTable embed_positions;
    private readonly ModuleList<WhisperDecoderLayer> layers;
    private readonly NormLayer layer_norm;

    internal WhisperDecoder(WhisperConfig config, ParameterOptions options)
        : base(nameof(WhisperDecoder))
    {
        Config = config;
        embed_tokens = new EmbeddingTable(config.VocabularySize, config.Width, options);
        embed_positions = new EmbeddingTable(config.TextPositions, config.Width, options);
        layers = nn.ModuleList(Enumerable.Range(0, config.DecoderLayers).Select(_ => new WhisperDecoderLayer(config, options)).ToArray());
        layer_norm = new NormLayer(config.Width, options);
        RegisterComponents();
    }

    /// <summary>The shape of the model.</summary>
    public WhisperConfig Config { get; }

    /// <summary>Element type of the weights and of <see cref="States"/>.</summary>
    public ScalarType Type => embed_tokens.Type;

    /// <summary>Where the weights are; inputs are moved there.</summary>
    public Device Device => embed_tokens.Device;

    /// <summary>Computes the audio's keys and values and allocates room for the tokens'.</summary>
    /// <param name="audio">Encoder output [utterances, 1500, width].</param>
    /// <param name="capacity">Positions for each row; the model's 448 when null. Fewer cost less memory.</param>
    /// <param name="leftPadding">
    /// For each utterance, how many of its first tokens are padding, so that prompts of unequal length end at the same position; empty for
    /// none. Padded positions are not counted against the model's 448, but against the capacity.
    /// </param>
    /// <returns>A cache with one row for each utterance, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The audio is of another shape, or the padding of another count.</exception>
    public KeyValueCache CreateCache(Tensor audio, int? capacity = null, ReadOnlySpan<int> leftPadding = default)
    {
        var shape = audio.shape;
        if (shape.Length != 3 || shape[0] == 0 || shape[1] == 0 || shape[2] != Config.Width)
        {
            throw new ArgumentException(
                $"The encoder's output is [{string.Join(", ", shape)}]: [utterances, frames, {Config.Width}] is expected.", nameof(audio));
        }

        var padding = leftPadding.IsEmpty ? new int[shape[0]] : leftPadding.ToArray();
        if (padding.Length != shape[0] || padding.Min() < 0)
        {
            throw new ArgumentException(
                $"Left padding is given for {padding.Length} of {shape[0]} utterances, the least {padding.Min()}.", nameof(leftPadding));
        }

        int positions = capacity ?? Config.TextPositions + padding.Max();
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1, nameof(capacity));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var converted = audio.to(Type, Device);
        return new KeyValueCache([.. layers.Select(layer => Allocate(layer, converted, positions))], positions, padding);
    }

    /// <summary>Scores of the next token after each of the last positions.</summary>
    /// <param name="tokens">The new tokens [rows, T] (int64), following those that the cache holds.</param>
    /// <param name="cache">Extended by T positions.</param>
    /// <param name="lastPositions">How many positions' scores to return, counted from the end; 1 for the next token alone.</param>
    /// <returns>[rows, lastPositions, vocabulary], float32.</returns>
    /// <inheritdoc cref="States" path="/exception"/>
    public Tensor Decode(Tensor tokens, KeyValueCache cache, int lastPositions = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lastPositions, 1);
        using var scope = NewDisposeScope();
        var states = States(tokens, cache);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastPositions, states.shape[1]);
        return Logits(states.narrow(1, states.shape[1] - lastPositions, lastPositions)).MoveToOuterDisposeScope();
    }

    /// <summary>The decoder's normed states of new tokens, which the cache remembers.</summary>
    /// <param name="tokens">
    /// [rows, T] (int64), following those that the cache holds; ids at padded positions are arbitrary but valid.
    /// </param>
    /// <param name="cache">Extended by T positions.</param>
    /// <returns>[rows, T, width]; meaningless at padded positions.</returns>
    /// <exception cref="ArgumentException">
    /// The rows are not the cache's, the positions exceed its capacity or the model's, or a token is outside the vocabulary.
    /// </exception>
    public Tensor States(Tensor tokens, KeyValueCache cache) => Run(tokens, cache, null);

    /// <summary>
    /// Scores of the next token after every position of whole transcripts, each position seeing what came before: for training.
    /// </summary>
    /// <param name="tokens">
    /// [N, T] int64, T at most the model's text positions; what follows a transcript's end is arbitrary but valid.
    /// </param>
    /// <param name="audio">Encoder output [N, frames, width], in the graph where the encoder learns.</param>
    /// <returns>[N, T, vocabulary], float32, in the graph.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit this model, or a token is outside the vocabulary.</exception>
    public Tensor TeacherForced(Tensor tokens, Tensor audio)
    {
        DecoderPositions.CheckTranscripts(tokens, audio, Config);
        using var scope = NewDisposeScope();
        var converted = audio.to(Type, Device);
        var states = embed_tokens.forward(tokens.to(Device)) + embed_positions.Rows(0, tokens.shape[1]).unsqueeze(0);
        foreach (var layer in layers)
        {
            states = layer.Forward(states, converted);
        }

        return embed_tokens.Scores(layer_norm.forward(states)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Scores of every token of the vocabulary: states [..., width] to [..., vocabulary], float32.</summary>
    public Tensor Logits(Tensor states)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return embed_tokens.Scores(states).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Decodes tokens and returns what chosen heads saw in the audio, for the timing of words.</summary>
    /// <param name="tokens">[rows, T] (int64).</param>
    /// <param name="cache">Extended by T positions.</param>
    /// <param name="heads">Which heads; at least one.</param>
    /// <returns>
    /// <c>States</c> as <see cref="States"/>, and <c>Scores</c> [heads, rows, T, frames], float32: scaled products before their softmax, so
    /// that frames past the end of the audio can be left out of it.
    /// </returns>
    /// <exception cref="ArgumentException">A head does not exist, or as in <see cref="States"/>.</exception>
    public (Tensor States, Tensor Scores) Align(Tensor tokens, KeyValueCache cache, IReadOnlyList<AlignmentHead> heads)
    {
        if (heads.Count == 0 || !heads.All(Config.Has))
        {
            throw new ArgumentException(
                $"Alignment heads are pairs of layer and head, below {Config.DecoderLayers} and {Config.DecoderAttentionHeads}, and at "
                + "least one.",
                nameof(heads));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var alignment = new AlignmentScores(heads);
        var states = Run(tokens, cache, alignment);
        return (states.MoveToOuterDisposeScope(), alignment.Stack().MoveToOuterDisposeScope());
    }

    /// <summary>Parameters under the names of the hub's checkpoints.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) =>
        FusedProjection.SplitNames(base.state_dict(destination, prefix), prefix, keyHasBias: false);

    private LayerCache Allocate(WhisperDecoderLayer layer, Tensor audio, int capacity)
    {
        var (keys, values) = layer.KeysAndValues(audio);
        long[] shape = [audio.shape[0], Config.DecoderAttentionHeads, capacity, Config.Width / Config.DecoderAttentionHeads];
        return new LayerCache(empty(shape, dtype: Type, device: Device), empty(shape, dtype: Type, device: Device), keys, values);
    }

    private Tensor Run(Tensor tokens, KeyValueCache cache, AlignmentScores? alignment)
    {
        DecoderPositions.Check(tokens, cache, Config);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int added = (int)tokens.shape[1];
        var mask = DecoderPositions.Mask(cache, added);
        var states = embed_tokens.forward(tokens.to(Device)) + DecoderPositions.Embeddings(embed_positions, cache, added);
        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (alignment is not null)
            {
                alignment.Layer = layer;
            }

            states = layers[layer].Apply(states, cache.Layers[layer], cache.Length, mask, alignment);
        }

        cache.Advance(added);
        return layer_norm.forward(states).MoveToOuterDisposeScope();
    }
}
