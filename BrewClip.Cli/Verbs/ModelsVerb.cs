using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Checkpoints;
using BrewClip.Models.Presets;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip models pull NAME | list</c></summary>
internal static class ModelsVerb
{
    public static Command Create() =>
        new("models", "Fetches models from the hub, and lists those that are known.") { CreatePull(), CreateList() };

    private static Command CreatePull()
    {
        var name = new Argument<string>("name") { Description = "A hub name such as openai/whisper-base, with @revision if wanted." };
        var pull = new Command("pull", "Fetches a model into the hub's cache and prints the folder.") { name };
        pull.SetAction(async (parsed, cancellation) =>
        {
            string folder = await new HuggingFaceHub()
                .ResolveAsync(parsed.GetRequiredValue(name), progress: new DownloadProgress(), cancellationToken: cancellation)
                .ConfigureAwait(false);
            Output.Line(folder);
            return ExitCode.Done;
        });
        return pull;
    }

    private static Command CreateList()
    {
        var list = new Command("list", "Lists the published sizes whose shapes are known, one hub name a line.");
        list.SetAction(_ =>
        {
            foreach (string name in ModelPresets.Names)
            {
                Output.Line($"openai/{name}");
            }

            return ExitCode.Done;
        });
        return list;
    }
}
