using BrewClip.Tests.LibTorch.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Tests.LibTorch.Functional;

public class AttentionTests
{
    private const int Batch = 2, Heads = 2, Queries = 3, Keys = 4, Width = 5;

    private static (Tensor Query, Tensor Key, Tensor Value) Inputs() =>
        (
            Numbers.Doubles(1, Batch, Heads, Queries, Width), Numbers.Doubles(2, Batch, Heads, Keys, Width),
            Numbers.Doubles(3, Batch, Heads, Keys, Width));

    private static double[] Plain(double[] query, double[] key, double[] value, Func<int, int, int, double> bias)
    {
        var result = new List<double>();
        for (var matrix = 0; matrix < Batch * Heads; matrix++)
        {
            for (var q = 0; q < Queries; q++)
            {
                double[] scores = [.. Enumerable.Range(0, Keys).Select(k => bias(matrix, q, k) + (Enumerable.Range(0, Width)
                    .Sum(i => query[(((matrix * Queries) + q) * Width) + i] * key[(((matrix * Keys) + k) * Width) + i]) / Math.Sqrt(
                        Width)))];
                double[] weights = [.. scores.Select(Math.Exp)];
                var total = weights.Sum();
                result.AddRange(Enumerable.Range(0, Width).Select(i => total == 0 ? 0
                    : Enumerable.Range(0, Keys).Sum(k => weights[k] * value[(((matrix * Keys) + k) * Width) + i]) / total));
            }
        }
        return [.. result];
    }

    private static double Hidden(bool seen) => seen ? 0 : double.NegativeInfinity;

    [Fact]
    public void Attention_is_a_softmax_of_scaled_products()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Inputs();
        Numbers.Close(
            Plain(Numbers.Of(query), Numbers.Of(key), Numbers.Of(value), (_, _, _) => 0),
            Numbers.Of(F.scaled_dot_product_attention(query, key, value)), 1e-12);
        Numbers.Close(Plain(Numbers.Of(query), Numbers.Of(key), Numbers.Of(value), (_, q, k) => Hidden(k <= q)),
            Numbers.Of(F.scaled_dot_product_attention(query, key, value, is_casual: true)), 1e-12);
        FiniteDifferences.Check(() => F.scaled_dot_product_attention(query, key, value), query, key, value);
        FiniteDifferences.Check(() => F.scaled_dot_product_attention(query, key, value, is_casual: true), query, key, value);
    }

    [Fact]
    public void A_mask_hides_keys_or_adds_to_their_scores()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Inputs();
        // The second sequence of the batch ends after two keys.
        var mask = tensor(new[] { true, true, true, true, true, true, false, false }).reshape(Batch, 1, 1, Keys);
        var expected = Plain(Numbers.Of(query), Numbers.Of(key), Numbers.Of(value), (matrix, _, k) => Hidden(matrix < Heads || k < 2));
        Numbers.Close(expected, Numbers.Of(F.scaled_dot_product_attention(query, key, value, mask)), 1e-12);
        var added = Numbers.Doubles(7, Queries, Keys);
        var numbers = Numbers.Of(added);
        Numbers.Close(Plain(Numbers.Of(query), Numbers.Of(key), Numbers.Of(value), (_, q, k) => numbers[(q * Keys) + k]),
            Numbers.Of(F.scaled_dot_product_attention(query, key, value, added)), 1e-12);
        FiniteDifferences.Check(() => F.scaled_dot_product_attention(query, key, value, mask), query, key, value);
        FiniteDifferences.Check(() => F.scaled_dot_product_attention(query, key, value, added), query, key, value, added);
    }

    [Fact]
    public void A_query_that_sees_nothing_gets_zeros_and_spoils_no_gradient()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Inputs();
        var mask = ones(Queries, Keys, dtype: ScalarType.Bool);
        mask[1] = tensor(false);
        Numbers.Close(Plain(Numbers.Of(query), Numbers.Of(key), Numbers.Of(value), (_, q, _) => Hidden(q != 1)),
            Numbers.Of(F.scaled_dot_product_attention(query, key, value, mask)), 1e-12);
        FiniteDifferences.Check(() => F.scaled_dot_product_attention(query, key, value, mask), query, key, value);
    }

    [Fact]
    public void Dropout_thins_the_attention()
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = Inputs();
        Assert.Equal(0, Numbers.Of(F.scaled_dot_product_attention(query, key, value, p: 1.0).abs()).Max());
    }
}
