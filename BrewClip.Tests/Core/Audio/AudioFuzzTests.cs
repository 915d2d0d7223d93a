using BrewClip.Core.Audio;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Audio;

public sealed class AudioFuzzTests
{
    private const int UsualMutations = 600;
    private const int MaxAllocatedBytes = 8 << 20;

    [Fact]
    public void A_mutated_WAV_gives_a_clip_or_a_documented_exception_and_bounded_memory() =>
        Try(File.ReadAllBytes(TestFiles.Golden("whisper", "short.wav"))[..20_000], headerBytes: 48);

    [Theory]
    [InlineData("tone.flac")]
    [InlineData("tone.ogg")]
    [InlineData("tone.opus")]
    [InlineData("tone.mp3")]
    public void A_mutated_compressed_file_does_too(string file) =>
        Try(File.ReadAllBytes(TestFiles.Golden("audio", file)), headerBytes: 100);

    private static void Try(byte[] golden, int headerBytes)
    {
        var random = new Random(20250301);
        int mutations = FuzzMutations.PerFile(UsualMutations);
        for (int i = 0; i < mutations; i++)
        {
            byte[] mutated = Mutate(golden, headerBytes, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                AudioClip clip = AudioClip.Load(new MemoryStream(mutated), "mutated.wav");
                Assert.InRange(clip.Samples.Length, 1, MaxAllocatedBytes);
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains("'mutated.wav'", exception.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        }
    }

    /// <summary>Bytes changed, mostly within the header, and now and then a cut or a stretch taken out.</summary>
    private static byte[] Mutate(byte[] golden, int headerBytes, Random random)
    {
        byte[] mutated = [.. golden];
        int changes = random.Next(1, 6);
        for (int i = 0; i < changes; i++)
        {
            int position = random.Next(4) == 0 ? random.Next(mutated.Length) : random.Next(headerBytes);
            mutated[position] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return random.Next(4) switch
        {
            0 => mutated[..random.Next(mutated.Length)],
            1 => [.. mutated[..random.Next(60)], .. mutated[random.Next(60, 200)..]],
            _ => mutated,
        };
    }
}
