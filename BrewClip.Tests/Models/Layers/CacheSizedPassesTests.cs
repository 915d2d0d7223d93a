using BrewClip.Models.Layers;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Layers;

public sealed class CacheSizedPassesTests
{
    // Four items of 4 MB each fill a pass.
    private const int Rows = 1024, Width = 1024;

    [Fact]
    public void Many_items_go_through_in_passes_and_come_out_in_their_order()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var passes = new List<long>();
        var items = arange(0, 9, dtype: ScalarType.Float32).view(9, 1);
        var result = CacheSizedPasses.Run(items, Rows, Width, CPU, some => Doubled(some, passes));
        Assert.Equal([4, 4, 1], passes);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 2f * i), result.data<float>().ToArray());
    }

    [Fact]
    public void Items_larger_than_a_pass_go_one_by_one()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var passes = new List<long>();
        CacheSizedPasses.Run(ones(3, 1), 100 * Rows, Width, CPU, some => Doubled(some, passes));
        Assert.Equal([1, 1, 1], passes);
    }

    [Fact]
    public void A_pass_that_records_gradients_takes_all_at_once()
    {
        using var scope = NewDisposeScope();
        var passes = new List<long>();
        var items = ones(9, 1).requires_grad_();
        CacheSizedPasses.Run(items, Rows, Width, CPU, some => Doubled(some, passes)).sum().backward();
        Assert.Equal([9], passes);
        Assert.Equal(18, items.grad!.sum().item<float>());
    }

    [Fact]
    public void Nothing_but_the_result_is_left()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var items = ones(9, 1);
        CacheSizedPasses.Run(items, Rows, Width, CPU, some => some * 2);
        Assert.Equal(2, scope.DisposablesCount);
    }

    private static Tensor Doubled(Tensor items, List<long> passes)
    {
        passes.Add(items.shape[0]);
        return items * 2;
    }
}
