using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Interop;

public class OperatorTests
{
    [Fact]
    public void Every_operator_of_the_surface_exists_in_this_libtorch()
    {
        var missing = new List<string>();
        foreach (var field in typeof(Aten).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            try
            {
                ((Operator)field.GetValue(null)!).Require();
            }
            catch (ExternalException failure)
            {
                missing.Add(failure.Message);
            }
        }
        Assert.Empty(missing);
    }

    [Fact]
    public void A_missing_operator_is_named()
    {
        var failure = Assert.Throws<ExternalException>(() => new Operator("no_such_operator", "out").Call(1L));
        Assert.Equal("This libtorch has no operator 'aten::no_such_operator.out'.", failure.Message);
    }

    [Fact]
    public void Wrong_arguments_are_errors_that_name_the_operator()
    {
        using var x = ones(2);
        Assert.Contains("takes", Assert.Throws<ExternalException>(() => new Operator("abs").Call(x, 1L)).Message);
        Assert.Contains("needs its argument", Assert.Throws<ExternalException>(() => new Operator("permute").Call(x)).Message);
        Assert.Throws<ExternalException>(() => new Operator("abs").Call(3L));
        Assert.Throws<ExternalException>(() => new Operator("permute").Call(x, "first"));
        Assert.Throws<ExternalException>(() => new Operator("topk").Call(x, 1L));
    }

    [Fact]
    public void A_failure_carries_libtorchs_own_sentence_and_no_stack_of_native_frames()
    {
        using var x = ones(2, 3);
        string message = Assert.Throws<ExternalException>(() => x.matmul(x)).Message;
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", message);
        Assert.DoesNotContain("frame #", message);
        Assert.DoesNotContain(".so", message);
        Assert.DoesNotContain(".cpp", message);
    }

    [Fact]
    public void Long_lists_and_long_texts_pass_through()
    {
        using var scope = NewDisposeScope();
        var many = Enumerable.Range(0, 500).Select(i => full([1], (long)i)).ToArray();
        Assert.Equal(499 * 500 / 2, cat(many).sum().ToInt64());
        Assert.Equal(500, cat(many).split(Enumerable.Repeat(1L, 500).ToArray()).Length);
        Assert.Throws<ExternalException>(() => einsum(new string('a', 5000), many[0]));
    }
}
