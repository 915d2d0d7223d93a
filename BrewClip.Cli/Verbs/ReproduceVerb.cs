using System.CommandLine;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip reproduce</c></summary>
internal static class ReproduceVerb
{
    public static Command Create() => new("reproduce", "Repeats the paper's experiments.") { ReproduceLittleWorldVerb.Create() };
}
