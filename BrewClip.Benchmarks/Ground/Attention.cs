using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Benchmarks.Ground;

/// <summary>Attention, forward and backward, beside the same composed of ATen's products and softmax.</summary>
internal static class Attention
{
    private sealed record Shape(string Work, int Heads, int Rows, int Keys);

    private const int Depth = 64;

    private static readonly Shape[] _shapes =
    [
        new("CLIP text, T = 77, 12 heads", 12, 77, 77), new("CLIP L/14, T = 257, 16 heads", 16, 257, 257),
        new("Whisper base, T = 1500, 8 heads", 8, 1500, 1500), new("one decoder step, 1500 keys, 8 heads", 8, 1, 1500),
    ];

    public static void Report()
    {
        Console.WriteLine($"Attention, D = {Depth}, ms (GFLOP/s)        forward      composed       backward       composed");
        foreach (var shape in _shapes)
        {
            using var scope = NewDisposeScope();
            var (q, k, v) = (Heads(shape, shape.Rows), Heads(shape, shape.Keys), Heads(shape, shape.Keys));
            int rounds = shape.Rows > 1000 ? 5 : 25;
            double[] forward;
            using (no_grad())
            {
                forward = Timing.Best(rounds, () => F.scaled_dot_product_attention(q, k, v).Dispose(), () => Composed(q, k, v).Dispose());
            }

            // Forward and backward are timed together and the forward taken off: a graph is used once.
            double[] both = Timing.Best(rounds, () => Train(q, k, v, Fused), () => Train(q, k, v, Composed));
            double operations = 4.0 * shape.Heads * shape.Rows * shape.Keys * Depth;
            Console.WriteLine($"  {shape.Work,-38}{Cell(forward[0], operations)}{Cell(forward[1], operations)}" +
                $"{Cell(both[0] - forward[0], 2.5 * operations)}{Cell(both[1] - forward[1], 2.5 * operations)}");
        }
    }

    private static string Cell(double milliseconds, double operations) => $"{milliseconds,8:F2} ({Timing.Rate(operations, milliseconds),3:F0})";

    private static Tensor Heads(Shape shape, long rows) => randn([1, rows, shape.Heads, Depth]).transpose(1, 2);

    private static Tensor Fused(Tensor q, Tensor k, Tensor v) => F.scaled_dot_product_attention(q, k, v);

    private static Tensor Composed(Tensor q, Tensor k, Tensor v)
    {
        using var scope = NewDisposeScope();
        return (q * (1 / Math.Sqrt(Depth))).matmul(k.transpose(-2, -1)).softmax(-1).matmul(v).MoveToOuterDisposeScope();
    }

    private static void Train(Tensor q, Tensor k, Tensor v, Func<Tensor, Tensor, Tensor, Tensor> attention)
    {
        using var scope = NewDisposeScope();
        var result = attention(q.detach().requires_grad_(true), k.detach().requires_grad_(true), v.detach().requires_grad_(true));
        result.sum().backward();
    }
}
