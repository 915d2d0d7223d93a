using BrewClip.Models.Clip;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>Inputs that several kernels take.</summary>
internal static class KernelInputs
{
    /// <summary>Texts that fill the context: [texts, context] int64 on the CPU, where tokens come from.</summary>
    public static Tensor FullTexts(ClipTextConfig config, int texts)
    {
        using var scope = NewDisposeScope();
        var tokens = randint(0, config.VocabularySize - 2, [texts, config.ContextLength], dtype: ScalarType.Int64);
        tokens.select(1, 0).fill_(config.VocabularySize - 2);
        tokens.select(1, config.ContextLength - 1).fill_(config.VocabularySize - 1);
        return tokens.DetachFromDisposeScope();
    }
}
