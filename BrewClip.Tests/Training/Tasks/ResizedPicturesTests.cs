using BrewClip.Core.Images;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Tasks;

public sealed class ResizedPicturesTests
{
    [Fact]
    public void Pictures_are_kept_while_there_is_room_and_decoded_each_time_where_there_is_none()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [.. ToyCorpus.Write(folder).Select(caption => caption.ImagePath).Distinct().Take(3)];
        var pictures = new ResizedPictures(new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 }), room: 2 * 3 * 16 * 16);
        byte[][] read = [.. paths.Select(pictures.Read)];
        Assert.Equal(read, paths.Select(pictures.Read));
        Assert.Same(read[1], pictures.Read(paths[1]));
        Assert.NotSame(read[2], pictures.Read(paths[2]));

        // What is kept needs its file no more.
        paths.ToList().ForEach(File.Delete);
        Assert.Same(read[0], pictures.Read(paths[0]));
        Assert.Throws<FileNotFoundException>(() => pictures.Read(paths[2]));
    }
}
