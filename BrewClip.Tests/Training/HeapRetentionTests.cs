using System.Runtime.InteropServices;
using BrewClip.Training;

namespace BrewClip.Tests.Training;

public sealed class HeapRetentionTests
{
    [Fact]
    public void The_C_library_agrees_where_it_is_glibc()
    {
        bool glibc = NativeLibrary.TryLoad("libc.so.6", out nint library)
            && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _);
        Assert.Equal(glibc, HeapRetention.Request());
        Assert.Equal(glibc, HeapRetention.Request());
    }
}
