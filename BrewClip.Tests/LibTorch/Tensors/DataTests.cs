using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class DataTests
{
    [Fact]
    public void Tensor_copies_what_it_is_given()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4];
        var t = tensor(values, 2, 2);
        values[0] = 9;
        Expect.Equal(t, [2, 2], 1, 2, 3, 4);
        Expect.Equal(tensor(new[,] { { 1, 2 }, { 3, 4 } }), [2, 2], 1, 2, 3, 4);
        Expect.Equal(tensor(new List<long> { 1, 2 }), [2], 1, 2);
        Expect.Equal(tensor(new Memory<float>(values, 1, 2), [1, 2]), [1, 2], 2, 3);
        Expect.Equal(tensor(values, [2, 2], ScalarType.Int64), [2, 2], 9, 2, 3, 4);
        Expect.Equal(tensor(5.5), [], 5.5);
        Assert.Throws<ArgumentException>(() => tensor(values, 3, 2));
        Assert.Throws<ArgumentException>(() => tensor(values, [-2, -2]));
    }

    [Fact]
    public void From_array_shares_the_arrays_memory_and_keeps_its_rank()
    {
        using var scope = NewDisposeScope();
        float[,] values = { { 1, 2 }, { 3, 4 } };
        var t = from_array(values);
        values[1, 1] = 9;
        t[0, 0] = 7f;
        Expect.Equal(t, [2, 2], 7, 2, 3, 9);
        Assert.Equal(7, values[0, 0]);
    }

    [Fact]
    public void Frombuffer_shares_elements_and_converts_other_types()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4];
        var t = frombuffer(values, ScalarType.Float32, count: 2, offset: 1);
        values[1] = 8;
        Expect.Equal(t, [2], 8, 3);
        Expect.Equal(frombuffer(new byte[] { 0, 192 }, ScalarType.Float32), [2], 0, 192);
        Assert.Throws<ArgumentException>(() => frombuffer(values, ScalarType.Float32, offset: 4));
        Assert.Throws<IndexOutOfRangeException>(() => frombuffer(values, ScalarType.Float32, count: 5));
    }

    [Fact]
    public void A_shared_array_stays_where_it_is_until_the_last_view_is_gone()
    {
        var view = View();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal(9_999, view[9_999].item<int>());
        view.Dispose();

        static Tensor View()
        {
            using var whole = from_array(Enumerable.Range(0, 10_000).ToArray());
            return whole.view(-1);
        }
    }

    [Fact]
    public void Accessors_read_and_write_in_logical_order()
    {
        using var scope = NewDisposeScope();
        var t = arange(6, ScalarType.Int32).reshape(2, 3).t();
        var data = t.data<int>();
        Assert.Equal([0, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], data);
        Assert.Equal(4, data[1, 1]);
        Assert.Equal(1, data[2]);
        data[0, 1] = -3;
        Assert.Equal(-3, t[0, 1].item<int>());
        Assert.Equal(new[,] { { 0, -3 }, { 1, 4 }, { 2, 5 } }, (int[,])data.ToNDArray());
        data.CopyFrom([7, 8], tensorIndex: 4);
        Assert.Equal([0, -3, 1, 4, 7, 8], data.ToArray());
        var part = new int[2];
        data.CopyTo(part, tensorIndex: 3);
        Assert.Equal([4, 7], part);
        Assert.Throws<ArgumentOutOfRangeException>(() => data[6]);
        Assert.Throws<IndexOutOfRangeException>(() => data[0, 2]);
    }

    [Fact]
    public void An_accessor_of_a_disposed_tensor_throws()
    {
        var t = ones(2);
        var data = t.data<float>();
        t.Dispose();
        Assert.Throws<InvalidOperationException>(() => data[0]);
        Assert.Throws<InvalidOperationException>(() => data.ToArray());
    }

    [Fact]
    public void Types_are_never_reinterpreted()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            "Int32 is not compatible with Int64",
            Assert.Throws<ArgumentException>(() => ones(1, dtype: ScalarType.Int64).item<int>()).Message);
        Assert.Throws<ArgumentException>(() => ones(1).data<byte>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(1, dtype: ScalarType.BFloat16).item<float>());
        Assert.Equal((Half)1, ones(1, dtype: ScalarType.Float16).item<Half>());
        Assert.True(ones(1, dtype: ScalarType.Bool).item<bool>());
    }

    [Fact]
    public void The_only_element_converts_to_any_number()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(3, tensor(3.7).ToInt32());
        Assert.Equal(3.7f, (float)tensor(3.7));
        Assert.Equal(3, (int)tensor(3L));
        Assert.Equal(3L, tensor(new[] { 3 }).ToInt64());
        Assert.Equal(1.5, complex(tensor(1.5f), tensor(2f)).real.ToDouble());
        Assert.True(tensor(2).ToBoolean());
        Assert.Equal(0.5, ones(1, dtype: ScalarType.BFloat16).div_(2).ToDouble());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => ones(2).ToSingle());
        Assert.Throws<OverflowException>(() => tensor(300L).ToByte());
    }

    [Fact]
    public void Bytes_read_and_write_contiguous_memory()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 2 });
        Assert.Equal(BitConverter.GetBytes(2f), t.bytes[4..].ToArray());
        t.bytes = new byte[] { 0, 0, 192, 63, 0, 0, 0, 64 };
        Expect.Equal(t, [2], 1.5, 2);
        Assert.Throws<ArgumentException>(() => t.bytes = new byte[3]);
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).t().bytes.Length);
    }

    [Fact]
    public void Bytes_go_through_streams_and_short_streams_are_refused()
    {
        using var scope = NewDisposeScope();
        var t = arange(1000);
        using var stream = new MemoryStream();
        t.WriteBytesToStream(stream, 100);
        stream.Position = 0;
        var back = zeros_like(t);
        back.ReadBytesFromStream(stream, 333);
        Assert.True(back.Equals(t));
        stream.Position = 1;
        Assert.Throws<EndOfStreamException>(() => back.ReadBytesFromStream(stream));
    }

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Bool)]
    public void Every_element_type_converts_and_knows_its_size(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 0f, 1f }).to(type);
        Assert.Equal(type, t.dtype);
        Assert.Equal(type.ElementSize(), t.element_size());
        Expect.Equal(t, [2], 0, 1);
        Assert.Equal(type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64, t.is_floating_point());
    }

    [Fact]
    public void Conversion_shares_or_copies_or_disposes_as_asked()
    {
        using var scope = NewDisposeScope();
        var t = ones(2);
        t.to(ScalarType.Float32)[0] = 5f;
        Assert.Equal(5, t[0].item<float>());
        t.to(ScalarType.Float32, copy: true)[0] = 6f;
        Assert.Equal(5, t[0].item<float>());
        var half = t.to(ScalarType.Float16, disposeAfter: true);
        Assert.True(t.IsInvalid);
        Assert.Equal(ScalarType.Float16, half.dtype);
        Assert.Equal("cpu", half.device.ToString());
        Assert.Equal(ScalarType.Int64, half.@long().dtype);
        Assert.Equal(ScalarType.BFloat16, half.bfloat16().dtype);
        Assert.Equal(ScalarType.Float16, zeros(1).type_as(half).dtype);
        if (!cuda.is_available()) Assert.Throws<InvalidOperationException>(() => half.cuda());
    }
}
