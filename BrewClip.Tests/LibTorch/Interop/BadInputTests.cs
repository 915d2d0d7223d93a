using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Interop;

/// <summary>What a user can get wrong is an exception with libtorch's own sentence, never the end of the process.</summary>
public class BadInputTests
{
    private static readonly Dictionary<string, (Action Call, string Says)> Calls = new()
    {
        ["matmul of mixed types"] = (() => ones(2, 2).matmul(ones(2, 2, dtype: ScalarType.Float64)), "expected"),
        ["matmul of shapes that do not fit"] = (() => ones(2, 3).matmul(ones(2, 3)), "cannot be multiplied"),
        ["bmm of two dimensions"] = (() => ones(2, 3).bmm(ones(2, 3)), "3D tensor"),
        ["broadcast that does not fit"] = (() => (ones(2) + ones(3)).Dispose(), "must match the size"),
        ["view that does not fit"] = (() => ones(2, 3).view(4), "invalid for input of size"),
        ["view over strides"] = (() => ones(2, 3).t().view(6), "stride"),
        ["dimension out of range"] = (() => ones(2).sum(3), "Dimension out of range"),
        ["size out of range"] = (() => ones(2).size(1), "Dimension out of range"),
        ["cat of shapes that do not fit"] = (() => cat([ones(2, 2), ones(3, 3)]), "must match"),
        ["stack of nothing"] = (() => stack([]), "non-empty"),
        ["an unknown equation"] = (() => einsum("ab,->c", ones(2, 2)), "einsum"),
        ["an index of the wrong type"] = (() => ones(2).index_select(0, ones(1)), "index"),
        ["an overlarge k"] = (() => ones(2).topk(5), "out of range"),
        ["weights below zero"] = (() => tensor(new[] { -1f, 2 }).multinomial(1), "probability"),
        ["log_softmax of integers"] = (() => ones(2, dtype: ScalarType.Int64).log_softmax(0), "not implemented for"),
        ["a device that is no device"] = (() => zeros(1, device: "moon"), "is no device"),
        ["a seed state that is none"] = (() => new Generator().set_state(ones(3)), "RNG state"),
        ["two elements as one"] = (() => ones(2).ToScalar(), "cannot be converted to Scalar"),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_an_exception_that_says_what_is_wrong(string name)
    {
        using var scope = NewDisposeScope();
        var failure = Record.Exception(Calls[name].Call);
        Assert.True(failure is ExternalException or ArgumentException, failure?.ToString() ?? "Nothing was thrown.");
        Assert.Contains(Calls[name].Says, failure!.Message);
        Assert.DoesNotContain("Exception raised from", failure.Message);
    }

    [Fact]
    public void Devices_are_described_and_parsed()
    {
        Assert.Equal(DeviceType.CUDA, new Device("cuda:1").type);
        Assert.Equal(1, new Device("cuda:1").index);
        Assert.Equal("cuda:1", new Device(1).ToString());
        Assert.Equal("cpu", device("cpu").ToString());
        Assert.Throws<ArgumentException>(() => new Device("cuda:one"));
        Assert.Throws<ArgumentException>(() => new Device("7"));
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        if (!cuda.is_available()) Assert.Throws<InvalidOperationException>(() => cuda.synchronize());
    }

    [Fact]
    public void The_number_of_threads_can_be_read()
    {
        Assert.InRange(get_num_threads(), 1, 1024);
        Assert.Throws<ExternalException>(() => set_num_threads(0));
    }

    [Fact]
    public async Task Several_threads_work_at_once_and_keep_their_own_errors()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run(() => Work(number))));

        static void Work(int number)
        {
            for (int i = 0; i < 200; i++)
            {
                using var scope = NewDisposeScope();
                var x = full([8, 8], (double)number).requires_grad_();
                var failure = Assert.Throws<ExternalException>(() => x.view(number, 1000));
                Assert.Contains($"[{number}, 1000]", failure.Message);
                x.matmul(x).sum().backward();
                Assert.Equal(number * 16.0, x.grad![0, 0].ToDouble());
            }
        }
    }
}
