using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>
/// Query, key and value (or key and value) projections of attention as one product: one pass over the input and one call instead of three.
/// </summary>
/// <remarks>
/// Checkpoints name the parts apart (<c>q_proj.weight</c>, <c>k_proj.weight</c>, ...). <see cref="SplitNames"/> gives a state dictionary
/// those names, each a view of the fused parameter's rows, so that loading and saving see the checkpoint's own layout.
/// </remarks>
internal sealed class FusedProjection : nn.Module<Tensor, Tensor>
{
    private static readonly Dictionary<string, string[]> _parts = new()
    {
        ["qkv_proj"] = ["q_proj", "k_proj", "v_proj"],
        ["kv_proj"] = ["k_proj", "v_proj"],
    };

    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="width">Width of the input and of each part.</param>
    /// <param name="parts">3 for query, key and value; 2 for key and value.</param>
    /// <param name="options">What the parameters are made of.</param>
    /// <param name="keyHasBias">
    /// False in Whisper, whose key projection has none: those rows of the fused bias are zero and nameless.
    /// </param>
    public FusedProjection(long width, int parts, ParameterOptions options, bool keyHasBias)
        : base(nameof(FusedProjection))
    {
        Parts = parts;
        KeyHasBias = keyHasBias;
        weight = options.Allocate(parts * width, width);
        bias = options.Allocate(parts * width);
        if (!keyHasBias)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            bias.narrow(0, (parts - 2) * width, width).zero_();
        }

        RegisterComponents();
    }

    public int Parts { get; }

    public bool KeyHasBias { get; }

    /// <summary>[N, T, width] to [N, T, parts · width]: the parts side by side.</summary>
    public override Tensor forward(Tensor input)
    {
        if (KeyHasBias || !bias.requires_grad)
        {
            return F.linear(input, weight, bias);
        }

        using var scope = NewDisposeScope();
        return F.linear(input, weight, BiasWithFrozenKey()).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// [N, T, width] to one tensor [N, heads, T, width / heads] for each part, strided views of one result.
    /// </summary>
    public Tensor[] Heads(Tensor input, long heads)
    {
        var shape = input.shape;
        var fused = forward(input)
            .view(shape[0], shape[1], Parts, heads, shape[2] / heads)
            .permute(2, 0, 3, 1, 4);
        var parts = new Tensor[Parts];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = fused.select(0, i);
        }

        return parts;
    }

    // A key's bias moves every score of a query alike, so that its gradient is nothing but rounding; an optimizer must not see it.
    private Tensor BiasWithFrozenKey()
    {
        long width = bias.shape[0] / Parts, keyStart = (Parts - 2) * width;
        var key = bias.narrow(0, keyStart, width).detach();
        var value = bias.narrow(0, keyStart + width, width);
        return keyStart == 0 ? cat([key, value], 0) : cat([bias.narrow(0, 0, keyStart), key, value], 0);
    }

    /// <summary>Replaces every fused parameter of a state dictionary by its parts under the checkpoint's names.</summary>
    /// <param name="state">Names to tensors, changed in place. The views join the current dispose scope.</param>
    /// <param name="prefix">Only names below this prefix are looked at; null for all.</param>
    /// <param name="keyHasBias">Whether the networks' key projections have a bias.</param>
    public static Dictionary<string, Tensor> SplitNames(Dictionary<string, Tensor> state, string? prefix, bool keyHasBias)
    {
        string lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
        foreach (var (name, tensor) in state.ToArray())
        {
            var path = name.Split('.');
            if (path.Length < 2 || !name.StartsWith(lead, StringComparison.Ordinal) || !_parts.TryGetValue(path[^2], out string[]? parts))
            {
                continue;
            }

            state.Remove(name);
            long rows = tensor.shape[0] / parts.Length;
            for (int i = 0; i < parts.Length; i++)
            {
                if (path[^1] != "bias" || keyHasBias || parts[i] != "k_proj")
                {
                    state[string.Join('.', [.. path[..^2], parts[i], path[^1]])] = tensor.detach().narrow(0, i * rows, rows);
                }
            }
        }

        return state;
    }
}
