using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Brew;

public sealed class DefaultModelTests
{
    [Fact]
    public void Without_the_package_the_message_names_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DirectoryNotFoundException>(() => DefaultModel.FindFolder(folder.Path));
        Assert.Contains("BrewClip.Models.Nano", error.Message);
    }

    [Fact]
    public void The_model_is_found_beside_the_application()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["brewclip-models", DefaultModel.Name]);
        File.WriteAllText(folder["brewclip-models", DefaultModel.Name, "config.json"], "{}");
        Assert.Equal(folder["brewclip-models"], DefaultModel.FindFolder(folder.Path));
    }
}
