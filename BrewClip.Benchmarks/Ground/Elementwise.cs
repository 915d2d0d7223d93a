using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Benchmarks.Ground;

/// <summary>What runs between products, beside a copy of the same tensor: at a copy's time it is bound by memory and cannot be faster alone.</summary>
internal static class Elementwise
{
    public static void Report()
    {
        using var guard = no_grad();
        Console.WriteLine("Between products, ms                      copy      GELU (erf)  LayerNorm   softmax");
        foreach (var (work, rows, width) in new[] { ("CLIP L/14, 257 × 4096", 257, 4096), ("Whisper base, 1500 × 2048", 1500, 2048) })
        {
            using var scope = NewDisposeScope();
            var x = randn([rows, width]);
            var (weight, bias) = (ones(width), zeros(width));
            double[] best = Timing.Best(
                15, () => x.clone().Dispose(), () => F.gelu(x).Dispose(), () => F.layer_norm(x, [width], weight, bias).Dispose(), () => x.softmax(-1).Dispose());
            Console.WriteLine($"  {work,-36}{string.Join("", best.Select(value => $"{value,10:F2}"))}");
        }
    }
}
