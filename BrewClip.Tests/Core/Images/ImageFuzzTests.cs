using BrewClip.Core.Images;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Images;

/// <summary>Golden images damaged at random with a fixed seed: an image or a documented exception comes out, nothing else.</summary>
public class ImageFuzzTests
{
    private const int UsualMutations = 60;
    private const long MaxAllocatedBytes = 64 << 20;
    private static readonly ImageDecodingOptions _bounded = new() { MaxPixels = 4_000_000 };

    public static TheoryData<string> Goldens => new(GoldenImages.Names);

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_damaged_image_gives_pixels_or_a_sentence(string name)
    {
        byte[] original = GoldenImages.Bytes(name);
        var random = new Random(20_24 + name.Length);
        int mutations = FuzzMutations.PerFile(UsualMutations);
        for (int i = 0; i < mutations; i++)
        {
            byte[] damaged = Damage(original, random, repairChecks: i % 2 == 0 && name.EndsWith(".png", StringComparison.Ordinal));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                RgbImage image = RgbImage.Decode(damaged, name, _bounded with { AllowDamagedData = i % 3 == 0 });
                Assert.Equal((long)image.Width * image.Height * 3, image.Pixels.Length);
            }
            catch (InvalidDataException refused)
            {
                Assert.Contains(name, refused.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        }
    }

    private static byte[] Damage(byte[] original, Random random, bool repairChecks)
    {
        byte[] damaged = (byte[])original.Clone();
        int count = 1 << random.Next(6);
        int reach = random.Next(3) == 0 ? Math.Min(200, damaged.Length) : damaged.Length;
        for (int i = 0; i < count; i++)
        {
            damaged[random.Next(reach)] = random.Next(4) == 0 ? (byte)0xFF : (byte)random.Next(256);
        }

        if (random.Next(4) == 0)
        {
            damaged = damaged[..random.Next(damaged.Length)];
        }

        if (repairChecks)
        {
            RepairChecks(damaged);
        }

        return damaged;
    }

    /// <summary>Makes the chunks' check values right again, so that the damage reaches what lies behind them.</summary>
    private static void RepairChecks(byte[] png)
    {
        int position = 8;
        while (position + 12 <= png.Length)
        {
            long length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(position));
            if (length > png.Length - position - 12)
            {
                return;
            }

            uint check = Crc32.Compute(png.AsSpan(position + 4, 4), png.AsSpan(position + 8, (int)length));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(position + 8 + (int)length), check);
            position += 12 + (int)length;
        }
    }
}
