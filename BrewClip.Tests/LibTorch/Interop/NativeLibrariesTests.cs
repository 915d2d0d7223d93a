using BrewClip.Tests.Support;
using TorchSharp.Interop;

namespace BrewClip.Tests.LibTorch.Interop;

public sealed class NativeLibrariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_shim_is_named_with_every_folder_that_was_looked_in_and_what_to_install()
    {
        string[] folders = [_folder["runtimes"], _folder["beside"]];
        var missing = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Load(folders));
        Assert.StartsWith(
            $"'libBrewClipTorch.so' is not beside the application (looked in {folders[0]}, {folders[1]}): build with "
            + "-p:BrewProfile=System,",
            missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("installing Debian's libtorch-dev and g++ (eng/setup.sh does).", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shim_that_does_not_load_is_named_by_its_path_with_what_the_loader_says()
    {
        string shim = _folder["libBrewClipTorch.so"];
        File.WriteAllText(shim, "no library");
        var broken = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Load([_folder["nowhere"], _folder.Path]));
        Assert.StartsWith(
            $"'{shim}' could not be loaded: libtorch is missing or another version", broken.Message,
            StringComparison.Ordinal);
        Assert.Contains("Install Debian's libtorch1.13 (or libtorch-dev; eng/setup.sh does) and rebuild.", broken.Message);
        Assert.IsType<DllNotFoundException>(broken.InnerException);
        Assert.EndsWith($"The loader says: {broken.InnerException.Message}", broken.Message, StringComparison.Ordinal);
    }
}
