using System.Diagnostics;

namespace BrewClip.Benchmarks;

/// <summary>What is said to the scripts of Peers/ that stay alive, a line at a time, and what they answer (Peers/line_protocol.py).</summary>
internal static class LineProtocol
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until a script is ready, or has said what is missing.</summary>
    /// <returns>The versions of what it runs on, or what is missing; neither where it ended without a greeting.</returns>
    public static (string? Versions, string? Missing) Greet(Process script)
    {
        // Libraries talk while they are imported: what is no greeting is passed over.
        while (script.StandardOutput.ReadLine() is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["ready", var versions]:
                    return (versions, null);
                case ["missing", var what]:
                    return (null, what);
            }
        }

        return (null, null);
    }

    /// <summary>A script's answer to a line; null where it has ended.</summary>
    public static string? Ask(Process script, string question)
    {
        try
        {
            script.StandardInput.WriteLine(question);
            script.StandardInput.Flush();
            return script.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // It has ended since its last answer.
            return null;
        }
    }

    /// <summary>Waits for a script's end, and ends it with what it has started, such as a loader's workers, where it takes too long.</summary>
    public static void End(Process script)
    {
        if (!script.WaitForExit(_patience))
        {
            script.Kill(entireProcessTree: true);
        }

        // Without a limit it also waits for the last line of what is redirected.
        script.WaitForExit();
    }

    /// <summary>Tells a script to end, waits until it has, and disposes of its process, which may never have started.</summary>
    public static void Close(Process script)
    {
        try
        {
            if (!script.HasExited)
            {
                script.StandardInput.Close();
                End(script);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            // It never started, or has just ended.
        }

        script.Dispose();
    }
}
