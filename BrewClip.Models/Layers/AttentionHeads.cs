using static TorchSharp.torch;

namespace BrewClip.Models.Layers;

/// <summary>The two layouts of attention: features side by side [N, T, width], and apart by head [N, heads, T, width / heads].</summary>
internal static class AttentionHeads
{
    /// <summary>[N, T, width] to a view [N, heads, T, width / heads].</summary>
    public static Tensor Split(Tensor features, long heads)
    {
        var shape = features.shape;
        return features.view(shape[0], shape[1], heads, shape[2] / heads).transpose(1, 2);
    }

    /// <summary>[N, heads, T, width / heads] to [N, T, width]; a copy only where the layout asks for one.</summary>
    public static Tensor Merge(Tensor heads) => heads.transpose(1, 2).flatten(2);
}
