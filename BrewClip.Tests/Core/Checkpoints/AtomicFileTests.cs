using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_in_one_step()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllText(folder["a.txt"], "one");
        AtomicFile.Write(folder["a.txt"], stream =>
        {
            stream.Write("two"u8);
            stream.Flush();
            Assert.Equal("one", File.ReadAllText(folder["a.txt"]));
        });
        Assert.Equal("two", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_failure_keeps_the_old_file_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllBytes(folder["a"], new byte[] { 1 });
        Assert.Throws<FormatException>(
            () => AtomicFile.Write(folder["a"], stream => { stream.WriteByte(2); throw new FormatException(); }));
        await Assert.ThrowsAsync<FormatException>(() => AtomicFile.WriteAsync(folder["a"], (_, _) => throw new FormatException()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AtomicFile.WriteAsync(folder["a"], (_, _) => Task.CompletedTask, new CancellationToken(true)));
        Assert.Equal([1], File.ReadAllBytes(folder["a"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(
            () => AtomicFile.WriteAllText(folder["nowhere", "a"], "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_taken_by_a_folder_is_refused_without_leaving_anything()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteAllText(folder["a"], "x"));
        Assert.Equal([folder["a"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_full_disk_is_said_in_a_sentence()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // only Linux has a device that is always full
        }

        using var folder = new TemporaryFolder();
        AtomicFile.WriteAllText(folder["a"], "old");
        var exception = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["a"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write(new byte[100]);
        }));
        Assert.Contains("full", exception.Message, StringComparison.Ordinal);
        Assert.Contains(folder["a"], exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}
