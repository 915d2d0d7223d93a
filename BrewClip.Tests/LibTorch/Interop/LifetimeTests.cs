using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Interop;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>What is alive, and how much memory: counted while no other test runs.</summary>
[Collection(nameof(Alone))]
public class LifetimeTests
{
    [Fact]
    public void Ten_thousand_calls_leave_neither_tensors_nor_memory_behind()
    {
        using var w = randn([64, 64], requires_grad: true);
        void Step()
        {
            using var scope = NewDisposeScope();
            var x = randn([32, 64]);
            var y = x.matmul(w).softmax(1)[.., 1..].topk(3, 1).values.sum();
            y.backward();
            foreach (var piece in x.chunk(4)) _ = piece.t().contiguous().bytes[0];
            w.grad = null;
        }

        for (int i = 0; i < 500; i++) Step();
        Settle();
        long live = Tensor.TotalCount, memory = Environment.WorkingSet;
        for (int i = 0; i < 1000; i++) Step();
        Settle();
        Assert.Equal(live, Tensor.TotalCount);
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 8 << 20);
    }

    [Fact]
    public void Exceptions_leave_no_tensor_behind()
    {
        using var x = ones(2, 3);
        long live = Tensor.TotalCount;
        for (int i = 0; i < 100; i++)
        {
            Assert.Throws<ExternalException>(() => x.matmul(x));
            Assert.Throws<ExternalException>(() => x[0, 1, 2]);
            Assert.Throws<ExternalException>(() => x[1, 5]);
            Assert.Throws<ExternalException>(() => x.split([1, 9], 1));
            Assert.Throws<ExternalException>(() => tensor(new[] { 1L }, requires_grad: true));
            Assert.Throws<ExternalException>(() => x.index_put_(1f, TensorIndex.Single(7)));
            Assert.Throws<InvalidOperationException>(() => tensor(new[] { 1f }, device: new Device(DeviceType.FPGA)));
        }
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void Forgotten_tensors_are_returned_by_the_finaliser()
    {
        Settle();
        long live = Tensor.TotalCount;
        Forget();
        Settle();
        Assert.InRange(Tensor.TotalCount, 0, live);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (int i = 0; i < 1000; i++) _ = ones(100) + 1;
            _ = NewAbandonedScope();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static DisposeScope? NewAbandonedScope()
        {
            DisposeScope? scope = null;
            var thread = new Thread(() =>
            {
                scope = NewDisposeScope();
                _ = ones(3) + ones(3);
            });
            thread.Start();
            thread.Join();
            return scope;
        }
    }

    [Fact]
    public void A_tensor_in_use_is_never_finalised()
    {
        bool stop = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref stop)) GC.Collect(0);
        });
        collector.Start();
        try
        {
            for (int i = 0; i < 2000; i++)
            {
                using var sum = full([50], 2f).add(full([50], 3f)).sum();
                Assert.Equal(250, full([50], 5f).sum().ToSingle());
                Assert.Equal(250, sum.ToSingle());
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            collector.Join();
        }
    }

    [Fact]
    public void Memory_that_is_not_there_is_an_error_and_the_process_goes_on()
    {
        var failure = Assert.Throws<ExternalException>(() => empty(1L << 50));
        Assert.Contains("allocate memory", failure.Message);
        Assert.Throws<ExternalException>(() => empty([1L << 40, 1L << 40]));
        using var small = ones(2);
        Assert.Throws<ExternalException>(() => small.repeat(1L << 50));
        Assert.Equal(2, small.sum().ToSingle());
    }

    private static void Settle()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
