using System.Text;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class NpyFileTests
{
    [Fact]
    public void The_header_is_the_one_numpy_writes()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a.npy"], new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        byte[] bytes = File.ReadAllBytes(folder["a.npy"]);
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header.PadRight(117) + "\n")];
        Assert.Equal(expected, bytes[..128]);
        Assert.Equal(128 + 24, bytes.Length);
    }

    [Fact]
    public void All_three_types_and_any_shape_survive_a_round_trip()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["f"], new float[] { 1.5f, float.NaN }, 2, 1);
        NpyFile.Write(folder["d"], new double[] { 0.1, -1e300 });
        NpyFile.Write(folder["l"], new long[] { long.MinValue, 7 }, 1, 1, 2);
        NpyFile.Write(folder["e"], Array.Empty<float>(), 0, 7);
        AssertRead([1.5f, float.NaN], [2, 1], NpyFile.Read(folder["f"]));
        AssertRead([0.1, -1e300], [2], NpyFile.ReadFloat64(folder["d"]));
        AssertRead([long.MinValue, 7], [1, 1, 2], NpyFile.ReadInt64(folder["l"]));
        AssertRead([], [0, 7], NpyFile.Read(folder["e"]));
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused_before_a_file_is_touched()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => NpyFile.Write(folder["a"], new float[6], 4, 2));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(folder["a"], new float[6], -2, -3));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "'<f4' was asked")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "Fortran")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "8 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4), }", "bytes of data")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "2^63")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "plain array")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "plain array")]
    [InlineData("", "plain array")]
    public void A_header_that_lies_is_refused_by_name(string header, string says)
    {
        using var folder = new TemporaryFolder();
        byte[] text = Encoding.ASCII.GetBytes(header.Replace("(2,)", "(3,)", StringComparison.Ordinal) + "\n");
        File.WriteAllBytes(folder["bad.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. new byte[8]]);
        var exception = Assert.Throws<InvalidDataException>(() => NpyFile.Read(folder["bad.npy"]));
        Assert.Contains("bad.npy", exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncations_and_other_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a"], new float[] { 1, 2, 3 });
        byte[] whole = File.ReadAllBytes(folder["a"]);
        foreach (int length in new[] { 0, 5, 8, 9, 10, 60, 128, 139 })
        {
            File.WriteAllBytes(folder["b"], whole[..length]);
            Assert.Throws<InvalidDataException>(() => NpyFile.Read(folder["b"]));
        }

        File.WriteAllText(folder["b"], "PK and then something else entirely");
        Assert.Throws<InvalidDataException>(() => NpyFile.Read(folder["b"]));
    }

    [Fact]
    public void A_mutated_file_is_read_or_refused_by_name_within_bounded_memory()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["a"], new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        byte[] whole = File.ReadAllBytes(folder["a"]);
        var random = new Random(20_240_605);
        int refused = 0, mutations = FuzzMutations.PerFile(300);
        for (int round = 0; round < mutations; round++)
        {
            byte[] mutated = [.. whole];
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                mutated[random.Next(mutated.Length)] = (byte)(random.Next(2) == 0 ? random.Next('0', '9' + 1) : random.Next(256));
            }

            File.WriteAllBytes(folder["b.npy"], random.Next(6) == 0 ? mutated[..random.Next(mutated.Length)] : mutated);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.Equal(6, NpyFile.Read(folder["b.npy"]).Values.Length);
            }
            catch (InvalidDataException exception)
            {
                refused++;
                Assert.Contains("b.npy", exception.Message, StringComparison.Ordinal);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }

        Assert.InRange(refused, mutations / 4, mutations);
    }

    private static void AssertRead<T>(T[] values, long[] shape, (T[] Values, long[] Shape) read)
    {
        Assert.Equal(values, read.Values);
        Assert.Equal(shape, read.Shape);
    }
}
