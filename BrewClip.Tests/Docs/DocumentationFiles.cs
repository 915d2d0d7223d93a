using BrewClip.Tests.Support;

namespace BrewClip.Tests.Docs;

/// <summary>The README and what lies in <c>docs/</c>.</summary>
internal static class DocumentationFiles
{
    public static IReadOnlyList<string> All =>
        [Path.Combine(TestFiles.Repository, "README.md"),
            .. Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs"), "*.md").Order(StringComparer.Ordinal)];

    /// <summary>
    /// The tool's command lines that stand on lines of their own, each as one line with what continues it; comments at their ends left out.
    /// </summary>
    public static IEnumerable<string> CommandLines(string path)
    {
        string? command = null;
        foreach (string line in File.ReadLines(path))
        {
            string text = line.Split("   #")[0].Trim();
            if (command is not null && line.StartsWith("          ", StringComparison.Ordinal))
            {
                command += " " + text;
                continue;
            }

            if (command is not null)
            {
                yield return command;
                command = null;
            }

            if (text.StartsWith("brewclip ", StringComparison.Ordinal)
                && (line.StartsWith("    ", StringComparison.Ordinal) || !text.Contains('`')))
            {
                command = text;
            }
        }

        if (command is not null)
        {
            yield return command;
        }
    }

    /// <summary>The C# blocks of a file, each as its lines without indentation and without empty ones.</summary>
    public static IEnumerable<string[]> CodeBlocks(string path) =>
        File.ReadAllText(path).Split("```csharp\n")[1..].Select(rest => Lines(rest.Split("```")[0]));

    /// <summary>A text's lines without indentation and without empty ones.</summary>
    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
