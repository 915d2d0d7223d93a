using System.Globalization;
using System.Runtime.InteropServices;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Every_tensor_of_a_golden_file_reads_as_its_bytes_say()
    {
        using var file = SafetensorsFile.Open(TestFiles.Golden("brew", "inputs.safetensors"));
        Assert.NotEmpty(file.Tensors);
        foreach (var tensor in file.Tensors.Values)
        {
            float[] values = file.ReadFloat32(tensor.Name);
            Assert.Equal(tensor.ElementCount, values.Length);
            if (tensor.Type == SafetensorsType.Float32)
            {
                Assert.Equal(file.GetBytes(tensor.Name), MemoryMarshal.AsBytes<float>(values));
            }
            else
            {
                Assert.Equal(MemoryMarshal.Cast<byte, long>(file.GetBytes(tensor.Name)).ToArray().Select(v => (float)v), values);
            }
        }
    }

    [Fact]
    public void Metadata_is_read_and_padding_after_the_header_is_allowed()
    {
        using var folder = new TemporaryFolder();
        string header = "{\"__metadata__\":{\"format\":\"pt\",\"ключ\":\"wert\"}," + SafetensorsBytes.Entry(
            "a", "U8", "[2]", "[0,2]") + "}      ";
        File.WriteAllBytes(folder["a.safetensors"], SafetensorsBytes.Of(header, 7, 9));
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal("wert", file.Metadata["ключ"]);
        Assert.Equal([7f, 9f], file.ReadFloat32("a"));
    }

    [Fact]
    public void An_empty_header_is_a_file_without_tensors()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["none.safetensors"], SafetensorsBytes.Of("{}"));
        using var file = SafetensorsFile.Open(folder["none.safetensors"]);
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void Scalars_and_sizes_of_zero_are_read()
    {
        using var folder = new TemporaryFolder();
        string header = "{" + SafetensorsBytes.Entry(
            "scalar", "F32", "[]", "[0,4]") + "," + SafetensorsBytes.Entry("none", "F32", "[3,0,5]", "[4,4]") + "}";
        File.WriteAllBytes(folder["a.safetensors"], SafetensorsBytes.Of(header, BitConverter.GetBytes(2.5f)));
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal([2.5f], file.ReadFloat32("scalar"));
        Assert.Empty(file.ReadFloat32("none"));
        Assert.True(file.GetBytes("none").IsEmpty);
        Assert.Equal("[3, 0, 5]", file.Tensors["none"].ShapeText);
    }

    [Fact]
    public void Data_that_is_not_aligned_to_its_type_is_read_right()
    {
        using var folder = new TemporaryFolder();
        string header = "{" + SafetensorsBytes.Entry(
            "b", "U8", "[1]", "[0,1]") + "," + SafetensorsBytes.Entry("f", "F32", "[40]", "[1,161]") + "}";
        float[] values = FormulaWeights.Uniform("unaligned", 40);
        File.WriteAllBytes(folder["a.safetensors"], SafetensorsBytes.Of(header, [3, .. MemoryMarshal.AsBytes<float>(values)]));
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(values, file.ReadFloat32("f"));
    }

    [Fact]
    public void A_tensor_can_be_read_in_parts()
    {
        using var folder = new TemporaryFolder();
        float[] values = FormulaWeights.Uniform("parts", 1000);
        SafetensorsWriter.Write(folder["a.safetensors"], [TensorData.FromFloat32("v", [10, 100], values)]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        float[] part = new float[333];
        file.ReadFloat32("v", 500, part);
        Assert.Equal(values[500..833], part);
        Assert.Equal(BitConverter.GetBytes(values[7]), file.GetBytes("v", 28, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFloat32("v", 700, new float[333]));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.GetBytes("v", 3999, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.GetBytes("v", -1, 2).Length);
        Assert.Throws<ArgumentException>(() => file.ReadFloat32("v", new float[999]));
    }

    [Fact]
    public void An_unknown_tensor_is_named_with_its_file()
    {
        using var file = SafetensorsFile.Open(TestFiles.Golden("whisper", "mel.safetensors"));
        var exception = Assert.Throws<KeyNotFoundException>(() => file.ReadFloat32("nothing"));
        Assert.Contains("nothing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("mel.safetensors", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_after_dispose_throws()
    {
        var file = SafetensorsFile.Open(TestFiles.Golden("whisper", "mel.safetensors"));
        string name = file.Tensors.Keys.First();
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.ReadFloat32(name));
        Assert.Throws<ObjectDisposedException>(() => file.GetBytes(name).Length);
    }

    [Fact]
    public async Task Disposing_while_others_read_never_tears_a_read()
    {
        string path = TestFiles.Golden("whisper", "mel.safetensors");
        for (int round = 0; round < 20; round++)
        {
            var file = SafetensorsFile.Open(path);
            string name = file.Tensors.Values.MaxBy(t => t.ElementCount)!.Name;
            float[] expected = file.ReadFloat32(name);
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntilDisposed(file, name, expected)))];
            file.Dispose();
            await Task.WhenAll(readers);
        }
    }

    [Fact]
    public void A_file_cut_short_while_open_is_refused_instead_of_ending_the_process()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows does not let a mapped file be cut.
        }

        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorData.FromFloat32("a", [50_000], new float[50_000])]);
        using var file = SafetensorsFile.Open(folder["m.safetensors"]);
        Assert.Equal(50_000, file.ReadFloat32("a").Length);
        File.WriteAllBytes(folder["m.safetensors"], new byte[100]);
        var exception = Assert.Throws<InvalidDataException>(() => file.ReadFloat32("a"));
        Assert.Contains("m.safetensors' was cut from ", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => file.GetBytes("a").Length);
    }

    [Theory]
    [InlineData(SafetensorsType.Float32)]
    [InlineData(SafetensorsType.BFloat16)]
    [InlineData(SafetensorsType.Float16)]
    public void A_tensor_that_several_processors_read_is_whole_and_in_its_order(SafetensorsType type)
    {
        using var folder = new TemporaryFolder();
        const int Count = 3 * SafetensorsShard.PartElements + 17, First = 5;
        // Every value is one that eight bits of mantissa hold, and neighbours in other parts differ.
        float[] values = [.. Enumerable.Range(0, Count).Select(i => (float)(i / 1000 % 251))];
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorData.FromFloat32("a", [Count], values, type)]);
        using var file = SafetensorsFile.Open(folder["m.safetensors"]);
        Assert.True(values.AsSpan().SequenceEqual(file.ReadFloat32("a")));
        float[] part = new float[2 * SafetensorsShard.PartElements];
        file.ReadFloat32("a", First, part);
        Assert.True(values.AsSpan(First, part.Length).SequenceEqual(part));
    }

    [Fact]
    public void A_large_tensor_whose_end_was_cut_off_is_refused_by_the_same_sentence()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows does not let a mapped file be cut.
        }

        using var folder = new TemporaryFolder();
        const int Count = 3 * SafetensorsShard.PartElements;
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorData.FromFloat32("a", [Count], new float[Count])]);
        using var file = SafetensorsFile.Open(folder["m.safetensors"]);
        using (var stream = new FileStream(folder["m.safetensors"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(stream.Length - 1000);
        }

        var exception = Assert.Throws<InvalidDataException>(() => file.ReadFloat32("a"));
        Assert.Contains("m.safetensors' was cut from ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1000, ReadStart(file).Length);

        static float[] ReadStart(SafetensorsFile file)
        {
            float[] start = new float[1000];
            file.ReadFloat32("a", 0, start);
            return start;
        }
    }

    [Fact]
    public void Many_threads_read_the_same_values()
    {
        using var file = SafetensorsFile.Open(TestFiles.Golden("brew", "published.safetensors"));
        var expected = file.Tensors.Keys.ToDictionary(name => name, file.ReadFloat32);
        Parallel.ForEach(
            Enumerable.Repeat(expected, 4).SelectMany(pairs => pairs), pair => Assert.Equal(pair.Value, file.ReadFloat32(pair.Key)));
    }

    [Fact]
    public void A_missing_file_and_an_empty_folder_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no.safetensors", Assert.Throws<FileNotFoundException>(
            () => SafetensorsFile.Open(folder["no.safetensors"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            folder.Path, Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_two_gibibytes_is_read_at_its_end()
    {
        using var folder = new TemporaryFolder();
        const long Count = (1L << 31) + 16;
        string length = Count.ToString(CultureInfo.InvariantCulture);
        byte[] head = SafetensorsBytes.Of("{" + SafetensorsBytes.Entry("big", "U8", $"[{length}]", $"[0,{length}]") + "}");
        using (var stream = File.Create(folder["big.safetensors"]))
        {
            // Sparse: only the ends take room on the disk.
            stream.Write(head);
            stream.Position = head.Length + Count - 2;
            stream.Write([5, 6]);
        }

        using var file = SafetensorsFile.Open(folder["big.safetensors"]);
        float[] end = new float[4];
        file.ReadFloat32("big", Count - 4, end);
        Assert.Equal([0f, 0f, 5f, 6f], end);
        Assert.Equal(new byte[] { 5, 6 }, file.GetBytes("big", Count - 2, 2));
        Assert.Throws<InvalidOperationException>(() => file.GetBytes("big").Length);
        Assert.Throws<InvalidOperationException>(() => file.ReadFloat32("big"));
    }

    [SharedFact("weights/whisper-base-encoder/model.safetensors")]
    public void The_real_whisper_encoder_opens_with_every_value_finite()
    {
        using var file = SafetensorsFile.Open(TestFiles.InShared("weights", "whisper-base-encoder"));
        Assert.True(file.Tensors.Count > 90);
        foreach (string name in file.Tensors.Keys.Take(20))
        {
            Assert.All(file.ReadFloat32(name), value => Assert.True(float.IsFinite(value)));
        }
    }

    private static void ReadUntilDisposed(SafetensorsFile file, string name, float[] expected)
    {
        try
        {
            while (true)
            {
                Assert.Equal(expected, file.ReadFloat32(name));
            }
        }
        catch (ObjectDisposedException)
        {
            // The documented end.
        }
    }
}
