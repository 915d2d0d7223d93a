namespace BrewClip.Tests.Support;

/// <summary>A fact that needs a file or folder under <c>../shared</c> and says so, instead of failing, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] needed)
    {
        Skip = SharedNeeds.Missing(needed);
    }
}

/// <summary>A theory that needs files or folders under <c>../shared</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(params string[] needed)
    {
        Skip = SharedNeeds.Missing(needed);
    }
}

internal static class SharedNeeds
{
    public static string? Missing(string[] needed)
    {
        foreach (string path in needed)
        {
            string full = TestFiles.InShared(path);
            if (!File.Exists(full) && !Directory.Exists(full))
            {
                return $"'../shared/{path}' is not there: the large data that this test reads is optional.";
            }
        }

        return null;
    }
}
