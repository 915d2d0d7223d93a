using BrewClip.Benchmarks.Gpu;
using static TorchSharp.torch;

namespace BrewClip.Tests.Benchmarks;

public sealed class GpuKernelTests
{
    private static readonly DeviceCeiling _ceiling = new(OperationsPerSecond: 1e12, BytesPerSecond: 1e11);

    public static TheoryData<string> Toys => [.. GpuKernels.All(KernelScale.Toy).Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Toys))]
    public void Every_kernel_runs_again_and_again_and_leaves_no_tensor(string name)
    {
        var kernel = GpuKernels.All(KernelScale.Toy).Single(kernel => kernel.Name == name);
        using var scope = NewDisposeScope();
        using (var run = kernel.Prepare(CPU, ScalarType.Float32))
        {
            run.Run();
            run.Run();
        }

        Assert.Equal(0, scope.DisposablesCount);
        Assert.True(kernel.Bytes(4) > 0);
        Assert.Contains(ScalarType.Float32, kernel.Types);
    }

    [Fact]
    public void Every_kernel_that_is_measured_has_a_toy_of_its_kind()
    {
        var measured = GpuKernels.All(KernelScale.Full).Select(kernel => kernel.GetType()).ToHashSet();
        Assert.Equal(measured, GpuKernels.All(KernelScale.Toy).Select(kernel => kernel.GetType()).ToHashSet());
    }

    [Fact]
    public void Every_kernel_that_is_measured_has_a_name_of_its_own_and_fills_a_chip()
    {
        var kernels = GpuKernels.All(KernelScale.Full);
        Assert.Equal(kernels.Count, kernels.Select(kernel => kernel.Name).Distinct().Count());
        // Small by their nature: a step of few rows, and the losses of small batches.
        Assert.All(
            kernels.Where(kernel => kernel is not (DecoderStepKernel or LossKernel)),
            kernel => Assert.True(kernel.Operations > 1e10 || kernel.Bytes(2) > 1e8, $"{kernel.Name} is small."));
    }

    [Fact]
    public void A_floor_is_the_slower_of_memory_and_products()
    {
        var norm = new ElementwiseKernel(Elementwise.LayerNorm, 1000, 100) { Name = "norm", Work = "" };
        Assert.Equal(1000 * 2 * 4 * 1000.0 * 100 / 1e11, norm.Floor(ScalarType.Float32, _ceiling), 12);
        Assert.Equal(1000 * 2 * 2 * 1000.0 * 100 / 1e11, norm.Floor(ScalarType.BFloat16, _ceiling), 12);
        var mlp = new FeedForwardKernel(1000, 100, 400) { Name = "mlp", Work = "" };
        Assert.Equal(2.0 * 1000 * 100 * 800, mlp.Operations);
        Assert.Equal(1000 * 1.6e8 / 1e12, mlp.Floor(ScalarType.Float32, _ceiling), 12);
    }

    [Fact]
    public void Attention_counts_two_products_and_never_its_scores()
    {
        var attention = new AttentionKernel(2, 3, 5, Fused: true) { Name = "attention", Work = "" };
        Assert.Equal(2 * 3 * 2 * (2.0 * 5 * 5 * 64), attention.Operations);
        Assert.Equal(4 * 4.0 * 2 * 3 * 5 * 64, attention.Bytes(4));
    }

    [Fact]
    public void A_device_gives_rates_that_are_finite()
    {
        var ceiling = DeviceCeiling.Measure(CPU, ScalarType.Float32, KernelScale.Toy);
        Assert.True(double.IsFinite(ceiling.OperationsPerSecond) && ceiling.OperationsPerSecond > 0);
        Assert.True(double.IsFinite(ceiling.BytesPerSecond) && ceiling.BytesPerSecond > 0);
    }

    [Fact]
    public void A_report_names_what_did_not_run()
    {
        Assert.Contains("did not run: out of memory", GpuReport.Line(new GpuRow("a", "b", "Float32", null, 1, null, "out of memory")));
        Assert.Contains("| 2.000 | 1.000 | 0.50 | 4.000 | 0.50 |", GpuReport.Line(new GpuRow("a", "b", "Float32", 2, 1, 4, null)));
    }
}
