using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void Every_golden_file_survives_a_round_trip()
    {
        using var folder = new TemporaryFolder();
        foreach (string path in Directory.EnumerateFiles(TestFiles.Golden(), "*.safetensors", SearchOption.AllDirectories))
        {
            using var source = SafetensorsFile.Open(path);
            SafetensorsWriter.Write(folder["copy.safetensors"], source.Tensors.Values.Select(t => Copy(source, t)), source.Metadata);
            using var copy = SafetensorsFile.Open(folder["copy.safetensors"]);
            Assert.Equal(source.Metadata.Order(), copy.Metadata.Order());
            Assert.Equal(source.Tensors.Keys.Order(StringComparer.Ordinal), copy.Tensors.Keys.Order(StringComparer.Ordinal));
            foreach (var tensor in source.Tensors.Values)
            {
                Assert.Equal(tensor.Shape, copy.Tensors[tensor.Name].Shape);
                Assert.Equal(source.GetBytes(tensor.Name), copy.GetBytes(tensor.Name));
            }
        }
    }

    [Fact]
    public void Equal_tensors_give_equal_bytes_whatever_their_order()
    {
        using var folder = new TemporaryFolder();
        TensorData[] tensors = [.. Enumerable.Range(0, 9).Select(i => TensorData.FromFloat32(
            $"t{i}", [3], new float[] { i, 1, 2 }, i % 2 == 0 ? SafetensorsType.Float32 : SafetensorsType.BFloat16))];
        var metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" };
        SafetensorsWriter.Write(folder["1"], tensors, metadata);
        SafetensorsWriter.Write(folder["2"], tensors.Reverse(), metadata.Reverse().ToDictionary());
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void Every_tensor_is_aligned_to_its_element_size()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["a"],
        [
            new TensorData("x", SafetensorsType.Bool, [3], new byte[3]),
            new TensorData("long name with ünicode \"quotes\"", SafetensorsType.Float64, [1], new byte[8]),
            new TensorData("h", SafetensorsType.Float16, [5], new byte[10]),
            new TensorData("f", SafetensorsType.Float32, [], new byte[4]),
        ]);
        using var file = SafetensorsFile.Open(folder["a"]);
        Assert.All(file.Tensors.Values, t => Assert.Equal(0, t.Offset * 8 % t.Type.BitsPerElement()));
        Assert.Equal(0, file.Tensors.Values.Min(t => t.Offset) % 8);
        Assert.True(file.Contains("long name with ünicode \"quotes\""));
    }

    [Theory]
    [InlineData(SafetensorsType.Float16, 1e-3f)]
    [InlineData(SafetensorsType.BFloat16, 8e-3f)]
    public void Floats_are_rounded_on_the_way_out(SafetensorsType type, float tolerance)
    {
        using var folder = new TemporaryFolder();
        float[] values = FormulaWeights.Uniform("rounded", 40_000);
        SafetensorsWriter.Write(folder["a"], [TensorData.FromFloat32("v", [200, 200], values, type)]);
        using var file = SafetensorsFile.Open(folder["a"]);
        Assert.Equal(type, file.Tensors["v"].Type);
        float[] read = file.ReadFloat32("v");
        Assert.All(
            Enumerable.Range(0, values.Length), i => Assert.True(Math.Abs(values[i] - read[i]) <= tolerance * Math.Abs(values[i]) + 1e-7f));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_callback_that_writes_the_wrong_number_of_bytes_leaves_the_old_file(int written)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "old");
        var tensor = new TensorData("lying", SafetensorsType.Float32, [1], stream => stream.Write(new byte[written]));
        Assert.Contains("lying", Assert.Throws<InvalidOperationException>(
            () => SafetensorsWriter.Write(folder["a"], [tensor])).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Cancelling_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        File.WriteAllText(folder["a"], "old");
        var first = new TensorData("1", SafetensorsType.UInt8, [1], stream => { stream.WriteByte(1); source.Cancel(); });
        var second = new TensorData("2", SafetensorsType.UInt8, [1], new byte[1]);
        Assert.Throws<OperationCanceledException>(() => SafetensorsWriter.Write(folder["a"], [first, second], null, source.Token));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Names_and_shapes_that_cannot_be_are_refused_before_a_file_is_touched()
    {
        using var folder = new TemporaryFolder();
        var tensor = new TensorData("a", SafetensorsType.UInt8, [1], new byte[1]);
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder["a"], [tensor, tensor]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(folder["a"], [new TensorData("__metadata__", SafetensorsType.UInt8, [1], new byte[1])]));
        Assert.Throws<ArgumentException>(() => new TensorData("a", SafetensorsType.UInt8, [2], new byte[1]));
        Assert.Throws<ArgumentException>(() => new TensorData("a", SafetensorsType.UInt8, [-1], new byte[1]));
        Assert.Throws<ArgumentException>(() => TensorData.FromFloat32("a", [2], new float[1]));
        Assert.Throws<ArgumentException>(() => TensorData.FromFloat32("a", [1], new float[1], SafetensorsType.Int8));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static TensorData Copy(SafetensorsFile source, TensorInfo tensor) =>
        new(tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(source.GetBytes(tensor.Name)));
}
