using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Finds the shim beside the application, and says what to install when it or libtorch is missing.</summary>
internal static partial class NativeLibraries
{
    internal const string Torch = "BrewClipTorch";
    private const int ResolveNow = 2, GlobalScope = 0x100;

    /// <summary>Called once, before the first entry point is used.</summary>
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Torch ? Load([.. Folders()]) : 0;

    /// <summary>Loads the shim from the first of some folders that holds it.</summary>
    /// <exception cref="DllNotFoundException">None does, or it cannot be loaded.</exception>
    internal static nint Load(IReadOnlyList<string> folders)
    {
        // Its sgemm_ must be found before the one libtorch links to, so it comes first and in global scope.
        if (Find("libBrewClipGemm.so", folders) is { } gemm) _ = Open(gemm, ResolveNow | GlobalScope);
        string shim = Find("libBrewClipTorch.so", folders) ?? throw new DllNotFoundException(
            $"'libBrewClipTorch.so' is not beside the application (looked in {string.Join(", ", folders)}): build with "
            + "-p:BrewProfile=System, " +
            "which compiles it, after installing Debian's libtorch-dev and g++ (eng/setup.sh does).");
        try
        {
            return NativeLibrary.Load(shim);
        }
        catch (DllNotFoundException failure)
        {
            throw new DllNotFoundException(
                $"'{shim}' could not be loaded: libtorch is missing or another version than it was built with. Install Debian's "
                + "libtorch1.13 " +
                $"(or libtorch-dev; eng/setup.sh does) and rebuild. The loader says: {failure.Message}", failure);
        }
    }

    private static string? Find(string file, IReadOnlyList<string> folders) =>
        folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Folders()
    {
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        string beside = Path.GetDirectoryName(typeof(NativeLibraries).Assembly.Location) is { Length: > 0 } own
            ? own
            : AppContext.BaseDirectory;
        foreach (string root in new[] { AppContext.BaseDirectory, beside }.Distinct())
        {
            yield return Path.Combine(root, "runtimes", architecture, "native");
            yield return root;
        }
        // A package's native folder is not copied beside a framework-dependent application: the host lists it instead.
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string listed)
            foreach (string folder in listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string file, int flags);
}
