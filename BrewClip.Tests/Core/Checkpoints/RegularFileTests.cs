using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Checkpoints;

public sealed class RegularFileTests
{
    [Fact]
    public async Task A_pipe_that_is_called_a_recording_or_an_image_is_refused_without_being_opened()
    {
        using var folder = new TemporaryFolder();
        if (NamedPipe.Create(folder["sound.wav"]) is not { } sound || NamedPipe.Create(folder["picture.jpg"]) is not { } picture)
        {
            return;
        }

        File.CreateSymbolicLink(folder["link.wav"], sound);
        File.CreateSymbolicLink(folder["link.jpg"], picture);
        string[] refusals = await Task.Run(() => new[]
        {
            Assert.Throws<InvalidDataException>(() => AudioClip.Load(sound)).Message,
            Assert.Throws<InvalidDataException>(() => AudioClip.Load(folder["link.wav"])).Message,
            Assert.Throws<InvalidDataException>(() => RgbImage.Load(picture)).Message,
            Assert.Throws<InvalidDataException>(() => RgbImage.Load(folder["link.jpg"])).Message,
        }).WaitAsync(NamedPipe.Patience);

        string[] names = ["sound.wav", "link.wav", "picture.jpg", "link.jpg"];
        Assert.All(
            refusals.Zip(names),
            pair => Assert.Contains($"{pair.Second}' is empty, or a pipe or device", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_is_followed_to_the_length_and_time_of_its_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["file.bin"], new byte[1234]);
        File.CreateSymbolicLink(folder["one"], folder["file.bin"]);
        File.CreateSymbolicLink(folder["two"], folder["one"]);

        var found = RegularFile.Find(folder["two"]);

        Assert.Equal((1234, File.GetLastWriteTimeUtc(folder["file.bin"])), (found.Length, found.LastWriteTimeUtc));
        using var stream = RegularFile.OpenRead(folder["two"]);
        Assert.Equal(1234, stream.Length);
    }

    [Fact]
    public void What_is_not_there_is_named_and_so_is_where_a_link_leads()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["link"], folder["gone"]);
        File.CreateSymbolicLink(folder["circle"], folder["circle"]);

        Assert.Equal(
            $"There is no file '{folder["absent"]}'.",
            Assert.Throws<FileNotFoundException>(() => RegularFile.Find(folder["absent"])).Message);
        Assert.Equal(
            $"'{folder["link"]}' is a link to '{folder["gone"]}', where there is no file.",
            Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(folder["link"])).Message);
        Assert.Throws<IOException>(() => RegularFile.OpenRead(folder["circle"]));
        Assert.Throws<FileNotFoundException>(() => RegularFile.OpenRead(folder.Path));
    }
}
