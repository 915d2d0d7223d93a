using System.CommandLine;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip reproduce</c></summary>
internal static class ReproduceVerb
{
    public static Command Create()
    {
        var reproduce = new Command("reproduce", "Repeats the paper's experiments.") { ReproduceLittleWorldVerb.Create() };
        foreach (var table in ReproduceTableVerb.CreateAll())
        {
            reproduce.Subcommands.Add(table);
        }

        return reproduce;
    }
}
