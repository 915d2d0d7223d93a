using System.CommandLine;
using System.Runtime.InteropServices;
using BrewClip.Cli.Verbs;

namespace BrewClip.Cli.Terminal;

/// <summary>Parses a command line, runs the verb, and turns what goes wrong into one sentence and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(string[] args)
    {
        // A text or a file name may begin with '@': nothing is read from response files.
        var parsed = CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Output.Message(error.Message);
            }

            Output.Message($"'{PathOf(parsed.CommandResult.Command)} --help' tells the options.");
            return ExitCode.WrongUse;
        }

        try
        {
            using var interruption = new Interruption();
            // Interruption is ours: the library's own would end with another exit code.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
        }
        catch (UsageException error)
        {
            Output.Message(error.Message);
            return ExitCode.WrongUse;
        }
        catch (OperationCanceledException)
        {
            Output.Message("Stopped.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (IsExpected(error))
        {
            Output.Message(error.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>The tool with all of its verbs.</summary>
    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand("Finds images by speech: transcribes, embeds, indexes, searches, trains and evaluates.")
        {
            TranscribeVerb.Create(),
            EmbedVerb.Create(),
            IndexVerb.Create(),
            SearchVerb.Create(),
            ModelsVerb.Create(),
            DataVerb.Create(),
            LittleWorldVerb.Create(),
            DemoVerb.Create(),
            TrainVerb.Create(),
            ReproduceVerb.Create(),
            ProbeVerb.Create(),
            EvaluateVerb.Create(),
        };
        return root;
    }

    private static string PathOf(Command command) => command is RootCommand
        ? "brewclip"
        : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";

    // What users can cause: files, formats, models, options, the network, the engine. Anything else is a defect and keeps its stack trace.
    private static bool IsExpected(Exception error) =>
        error is IOException or InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException
            or ArithmeticException or UnauthorizedAccessException or ExternalException or HttpRequestException or DllNotFoundException
        || error.GetType().Namespace?.StartsWith("BrewClip.", StringComparison.Ordinal) == true;
}
