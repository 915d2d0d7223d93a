using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Tests.LibTorch.Native;

/// <summary>
/// Attention in float32, where scores are never written whole, against the same in double, composed of products and a softmax.
/// </summary>
public class FusedAttentionTests
{
    public enum MaskKind { None, Causal, Boolean, PerKey, PerHead }

    public static TheoryData<int, int, int, MaskKind> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int, MaskKind>();
            (int Rows, int Keys, int Depth)[] shapes =
                [(1, 1, 16), (1, 77, 64), (2, 3, 7), (4, 330, 32), (5, 2, 1), (77, 77, 64), (77, 257, 20), (257, 257, 64), (100, 700, 48)];
            foreach (var (rows, keys, depth) in shapes)
            {
                foreach (var mask in Enum.GetValues<MaskKind>())
                {
                    cases.Add(rows, keys, depth, mask);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_equal_the_composed_ones(int rows, int keys, int depth, MaskKind kind)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var inputs = new[] { Heads(rows, depth), Heads(keys, depth), Heads(keys, depth) };
        var mask = Mask(kind, rows, keys);
        var direction = randn([2, 3, rows, depth]);
        var (value, gradients) = Differentiate(
            inputs, direction, (q, k, v) => F.scaled_dot_product_attention(q, k, v, mask, 0, kind == MaskKind.Causal));
        var (expected, expectedGradients) = Differentiate(
            [.. inputs.Select(t => t.to(ScalarType.Float64))], direction.to(ScalarType.Float64),
            (q, k, v) => Composed(q, k, v, mask, kind == MaskKind.Causal));
        AssertNear(expected, value, 1e-5);
        foreach (var (wanted, got) in expectedGradients.Zip(gradients))
        {
            AssertNear(wanted, got, 1e-4);
        }
    }

    [Fact]
    public void Without_gradients_the_values_are_the_same()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (Heads(50, 64), Heads(50, 64), Heads(50, 64));
        var expected = F.scaled_dot_product_attention(q.clone().requires_grad_(true), k, v);
        using (no_grad())
        {
            AssertNear(expected, F.scaled_dot_product_attention(q, k, v), 0);
        }
    }

    [Fact]
    public void Tensors_whose_last_dimension_is_not_contiguous_give_the_same()
    {
        using var scope = NewDisposeScope();
        var turned = randn([2, 3, 64, 30]).transpose(2, 3);
        var k = Heads(30, 64);
        AssertNear(F.scaled_dot_product_attention(turned.contiguous(), k, k), F.scaled_dot_product_attention(turned, k, k), 0);
        AssertNear(
            F.scaled_dot_product_attention(k, turned.contiguous(), turned.contiguous()), F.scaled_dot_product_attention(k, turned, turned),
            0);
    }

    [Fact]
    public void A_row_that_may_attend_to_nothing_gives_zeros_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        foreach (int rows in new[] { 2, 9 })
        {
            var q = Heads(rows, 16).requires_grad_(true);
            var k = Heads(rows, 16).requires_grad_(true);
            var mask = ones([rows, rows], ScalarType.Bool);
            mask[1].fill_(false);
            var result = F.scaled_dot_product_attention(q, k, k, mask);
            result.sum().backward();
            Assert.Equal(0, result.select(2, 1).abs().max().item<float>());
            Assert.Equal(0, q.grad!.select(2, 1).abs().max().item<float>());
            Assert.True(k.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void A_row_without_a_number_does_not_reach_the_others()
    {
        using var scope = NewDisposeScope();
        var q = Heads(40, 64);
        q[0, 1, 7, 3] = tensor(float.NaN);
        var k = Heads(40, 64);
        var found = F.scaled_dot_product_attention(q, k, k).isnan();
        Assert.Equal(64, found.sum().item<long>());
        Assert.True(found[0, 1, 7].all().item<bool>());
    }

    [Fact]
    public void Scores_far_beyond_what_an_exponential_holds_stay_right()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (Heads(20, 64) * 100, Heads(20, 64) * 100, Heads(20, 64));
        AssertNear(
            Composed(q.to(ScalarType.Float64), k.to(ScalarType.Float64), v.to(ScalarType.Float64), null, false),
            F.scaled_dot_product_attention(q, k, v), 2e-2);
    }

    [Fact]
    public void Half_precisions_come_back_in_their_own_type()
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float16, ScalarType.BFloat16 })
        {
            var (q, k, v) = (Heads(30, 64).to(type), Heads(40, 64).to(type), Heads(40, 64).to(type));
            var result = F.scaled_dot_product_attention(q, k, v);
            Assert.Equal(type, result.dtype);
            AssertNear(
                Composed(q.to(ScalarType.Float64), k.to(ScalarType.Float64), v.to(ScalarType.Float64), null, false),
                result.to(ScalarType.Float32), 1e-2);
        }
    }

    [Fact]
    public void Several_threads_attend_at_once()
    {
        using var scope = NewDisposeScope();
        var q = Heads(60, 64);
        var expected = F.scaled_dot_product_attention(q, q, q);
        Parallel.For(0, 12, _ =>
        {
            using var inner = NewDisposeScope();
            AssertNear(expected, F.scaled_dot_product_attention(q, q, q), 0);
        });
    }

    // As a layer makes them: [batch, rows, heads · depth] seen as [batch, heads, rows, depth].
    private static Tensor Heads(long rows, long depth) => randn([2, rows, 3, depth]).transpose(1, 2);

    private static Tensor? Mask(MaskKind kind, long rows, long keys)
    {
        switch (kind)
        {
            case MaskKind.Boolean:
                var seen = rand([rows, keys]).gt(0.4);
                seen.select(1, 0).fill_(true);
                return seen;
            case MaskKind.PerKey: return randn([2, 1, 1, keys]);
            case MaskKind.PerHead: return randn([1, 3, rows, 1]);
            default: return null;
        }
    }

    private static Tensor Composed(Tensor q, Tensor k, Tensor v, Tensor? mask, bool causal)
    {
        var scores = q.matmul(k.transpose(-2, -1)) / Math.Sqrt(q.size(-1));
        if (causal)
        {
            mask = ones([q.size(-2), k.size(-2)], ScalarType.Bool).tril();
        }

        if (mask is not null)
        {
            scores = mask.dtype == ScalarType.Bool
                ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity)
                : scores + mask.to(ScalarType.Float64);
        }

        return scores.softmax(-1).matmul(v);
    }

    private static (Tensor Value, Tensor[] Gradients) Differentiate(
        Tensor[] inputs, Tensor direction, Func<Tensor, Tensor, Tensor, Tensor> function)
    {
        Tensor[] leaves = [.. inputs.Select(t => t.detach().requires_grad_(true))];
        var value = function(leaves[0], leaves[1], leaves[2]);
        (value * direction).sum().backward();
        return (value.detach(), [.. leaves.Select(leaf => leaf.grad!)]);
    }

    private static void AssertNear(Tensor expected, Tensor actual, double tolerance)
    {
        var difference = (expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).abs().max().item<double>();
        double size = Math.Max(1, expected.abs().max().to(ScalarType.Float64).item<double>());
        Assert.True(difference <= tolerance * size, $"Values differ by {difference:g3}, more than {tolerance * size:g3}.");
    }
}
