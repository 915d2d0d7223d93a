using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class SafetensorsFuzzTests
{
    private const int UsualMutations = 60;

    [Fact]
    public void Mutated_goldens_are_read_or_refused_by_documented_exceptions_within_bounded_memory()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20_240_601);
        int refused = 0, rounds = 0, mutations = FuzzMutations.PerFile(UsualMutations);
        foreach (string path in Directory.EnumerateFiles(
            TestFiles.Golden(), "*.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            byte[] golden = File.ReadAllBytes(path);
            golden = golden.Length > 200_000 ? Shortened(path) : golden;
            for (int round = 0; round < mutations; round++, rounds++)
            {
                byte[] mutated = Mutate(golden, random);
                File.WriteAllBytes(folder["m.safetensors"], mutated);
                long before = GC.GetAllocatedBytesForCurrentThread();
                refused += TryRead(folder["m.safetensors"]) ? 0 : 1;
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * mutated.Length + 2_000_000);
            }
        }

        Assert.InRange(refused, rounds / 4, rounds);
    }

    [Fact]
    public void A_mutated_index_of_shards_is_read_or_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["m.safetensors"], [TensorData.FromFloat32("a", [2], new float[] { 1, 2 })]);
        byte[] index = """{"metadata":{"total_size":8},"weight_map":{"a":"m.safetensors"}}"""u8.ToArray();
        var random = new Random(20_240_603);
        int refused = 0, mutations = FuzzMutations.PerFile(3 * UsualMutations);
        for (int round = 0; round < mutations; round++)
        {
            byte[] mutated = [.. index];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                mutated[random.Next(mutated.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\"{}[]:,/.\\"[random.Next(10)]);
            }

            File.WriteAllBytes(folder["index.json"], random.Next(8) == 0 ? mutated[..random.Next(mutated.Length)] : mutated);
            try
            {
                using var file = SafetensorsFile.Open(folder["index.json"]);
                Assert.Equal(2, file.ReadFloat32(Assert.Single(file.Tensors).Key).Length);
            }
            catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException)
            {
                refused++;
                Assert.Contains("index.json", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, mutations / 4, mutations);
    }

    private static bool TryRead(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            foreach (var tensor in file.Tensors.Values)
            {
                try
                {
                    Assert.Equal(tensor.ElementCount, file.ReadFloat32(tensor.Name).Length);
                }
                catch (NotSupportedException)
                {
                    Assert.Equal(tensor.ByteLength, file.GetBytes(tensor.Name).Length);
                }
            }

            return true;
        }
        catch (InvalidDataException exception)
        {
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    /// <summary>A valid small file with the golden's own names and types, so that mutations often hit the header.</summary>
    private static byte[] Shortened(string path)
    {
        using var folder = new TemporaryFolder();
        using var file = SafetensorsFile.Open(path);
        SafetensorsWriter.Write(
            folder["s"], file.Tensors.Values.Select(t => new TensorData(t.Name, t.Type, [1], new byte[t.Type.BitsPerElement() / 8])));
        return File.ReadAllBytes(folder["s"]);
    }

    private static byte[] Mutate(byte[] golden, Random random)
    {
        byte[] bytes = [.. golden];
        int header = Math.Min(bytes.Length, 8 + (int)BitConverter.ToInt64(golden));
        switch (random.Next(6))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                random.NextBytes(bytes.AsSpan(0, 8));
                return bytes;
            case 2:
                return [.. bytes, .. new byte[random.Next(1, 50)]];
            case 3:
                int cut = random.Next(header), length = random.Next(1, 20);
                return [.. bytes[..cut], .. bytes[Math.Min(bytes.Length, cut + length)..]];
            default:
                for (int i = random.Next(1, 8); i > 0; i--)
                {
                    // Digits for digits keeps the JSON valid, so that the checks behind it are reached too.
                    int at = random.Next(8, header);
                    bytes[at] = char.IsAsciiDigit((char)bytes[at])
                        ? (byte)random.Next('0', '9' + 1) : random.Next(3) == 0 ? (byte)random.Next(256) : bytes[at];
                }

                return bytes;
        }
    }
}
