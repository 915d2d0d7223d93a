using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class Float32ConversionTests
{
    [Fact]
    public void Every_half_and_bfloat16_bit_pattern_converts_as_its_definition_says()
    {
        ushort[] patterns = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        var half = Read(SafetensorsType.Float16, patterns);
        var brain = Read(SafetensorsType.BFloat16, patterns);
        for (int i = 0; i < patterns.Length; i++)
        {
            Assert.Equal((float)BitConverter.UInt16BitsToHalf(patterns[i]), half[i]);
            Assert.Equal(BitConverter.UInt32BitsToSingle((uint)i << 16), brain[i]);
        }
    }

    [Fact]
    public void Wide_types_round_once()
    {
        double[] doubles = [0, -0.0, 1.5, 0.1, 1e300, -1e300, double.NaN, 1e-46, 16777217, 1.00000005960464478];
        Assert.Equal(doubles.Select(v => (float)v), Read(SafetensorsType.Float64, doubles));
        long[] longs = [0, -1, long.MaxValue, long.MinValue, 16777217, 9007199791611905, -9007199791611905];
        float once = 9007199791611904f + 1073741824f;
        Assert.Equal([0f, -1f, 9.223372e18f, -9.223372e18f, 16777216f, once, -once], Read(SafetensorsType.Int64, longs));
        Assert.Equal([18446744073709551615f, 0f], Read(SafetensorsType.UInt64, new ulong[] { ulong.MaxValue, 0 }));
    }

    [Fact]
    public void Integers_and_booleans_keep_their_values()
    {
        Assert.Equal([0f, 255f, 128f], Read(SafetensorsType.UInt8, new byte[] { 0, 255, 128 }));
        Assert.Equal([0f, -1f, -128f], Read(SafetensorsType.Int8, new sbyte[] { 0, -1, -128 }));
        Assert.Equal([-32768f, 32767f], Read(SafetensorsType.Int16, new short[] { -32768, 32767 }));
        Assert.Equal([65535f, 1f], Read(SafetensorsType.UInt16, new ushort[] { 65535, 1 }));
        Assert.Equal([-2147483648f, 7f], Read(SafetensorsType.Int32, new[] { int.MinValue, 7 }));
        Assert.Equal([4294967296f, 7f], Read(SafetensorsType.UInt32, new[] { uint.MaxValue, 7u }));
        Assert.Equal([0f, 1f, 1f], Read(SafetensorsType.Bool, new byte[] { 0, 1, 2 }));
    }

    [Theory]
    [InlineData(SafetensorsType.Float8E4M3, 0x7E, 448f)]
    [InlineData(SafetensorsType.Float8E4M3, 0x01, 0.001953125f)]
    [InlineData(SafetensorsType.Float8E4M3, 0x7F, float.NaN)]
    [InlineData(SafetensorsType.Float8E4M3, 0xB8, -1f)]
    [InlineData(SafetensorsType.Float8E5M2, 0x7B, 57344f)]
    [InlineData(SafetensorsType.Float8E5M2, 0x7C, float.PositiveInfinity)]
    [InlineData(SafetensorsType.Float8E5M2, 0xFC, float.NegativeInfinity)]
    [InlineData(SafetensorsType.Float8E5M2, 0x7D, float.NaN)]
    [InlineData(SafetensorsType.Float8E5M2, 0x01, 1.52587890625e-5f)]
    [InlineData(SafetensorsType.Float8E8M0, 127, 1f)]
    [InlineData(SafetensorsType.Float8E8M0, 0, 5.877472e-39f)]
    [InlineData(SafetensorsType.Float8E8M0, 254, 1.7014118e38f)]
    [InlineData(SafetensorsType.Float8E8M0, 255, float.NaN)]
    [InlineData(SafetensorsType.Float8E4M3Fnuz, 0x7F, 240f)]
    [InlineData(SafetensorsType.Float8E4M3Fnuz, 0x80, float.NaN)]
    [InlineData(SafetensorsType.Float8E5M2Fnuz, 0x7F, 57344f)]
    [InlineData(SafetensorsType.Float8E5M2Fnuz, 0x80, float.NaN)]
    public void The_eight_bit_floats_have_the_published_values(SafetensorsType type, byte bits, float expected) =>
        Assert.Equal([expected], Read(type, new[] { bits }));

    [Fact]
    public void Eight_bit_e5m2_is_the_upper_half_of_a_half()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.Equal(all.Select(b => (float)BitConverter.UInt16BitsToHalf((ushort)(b << 8))), Read(SafetensorsType.Float8E5M2, all));
    }

    [Fact]
    public void Rounding_to_bfloat16_is_to_nearest_even_and_keeps_nan()
    {
        var random = new Random(5);
        float[] values =
        [
            1f, 1.00390625f, 1.01171875f, float.NaN, BitConverter.UInt32BitsToSingle(0x7F800001), float.MaxValue, float.PositiveInfinity,
            -0f,
            .. Enumerable.Range(0, 2000).Select(_ => BitConverter.Int32BitsToSingle(random.Next())),
        ];
        ushort[] rounded = new ushort[values.Length];
        Float32Conversion.ToBFloat16(values, rounded);
        for (int i = 0; i < values.Length; i++)
        {
            float back = BitConverter.UInt32BitsToSingle((uint)rounded[i] << 16);
            if (!float.IsFinite(values[i]))
            {
                Assert.Equal(values[i], back);
                continue;
            }

            AssertNearest(values[i], rounded[i], back);
        }
    }

    [Theory]
    [InlineData(SafetensorsType.Float4)]
    [InlineData(SafetensorsType.Float6E2M3)]
    [InlineData(SafetensorsType.Float6E3M2)]
    [InlineData(SafetensorsType.Complex64)]
    public void Types_without_a_float32_reading_give_their_bytes_alone(SafetensorsType type)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [.. Enumerable.Range(0, type.BitsPerElement()).Select(i => (byte)i)];
        SafetensorsWriter.Write(folder["a.safetensors"], [new TensorData("a", type, [8], bytes)]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(bytes, file.GetBytes("a"));
        Assert.Contains(
            type.HeaderName(), Assert.Throws<NotSupportedException>(() => file.ReadFloat32("a")).Message, StringComparison.Ordinal);
    }

    private static void AssertNearest(float value, ushort rounded, float back)
    {
        double error = Math.Abs((double)value - (float.IsInfinity(back) ? Math.Sign(back) * Math.Pow(2, 128) : back));
        foreach (int step in new[] { -1, 1 })
        {
            float neighbour = BitConverter.UInt32BitsToSingle((uint)(ushort)(rounded + step) << 16);
            if (float.IsFinite(neighbour) && Math.Sign(neighbour) == Math.Sign(value))
            {
                double other = Math.Abs((double)value - neighbour);
                Assert.True(error < other || (error == other && rounded % 2 == 0), $"{value} was rounded to {back}");
            }
        }
    }

    private static float[] Read<T>(SafetensorsType type, T[] values)
        where T : unmanaged
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = MemoryMarshal.AsBytes<T>(values).ToArray();
        SafetensorsWriter.Write(folder["a.safetensors"], [new TensorData("a", type, [values.Length], bytes)]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        return file.ReadFloat32("a");
    }
}
