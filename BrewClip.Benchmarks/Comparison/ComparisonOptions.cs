using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>What <c>-- compare</c> was asked.</summary>
internal sealed record ComparisonOptions
{
    public const string WhisperVariable = "BREWCLIP_WHISPER_CHECKOUT", ClipVariable = "BREWCLIP_CLIP_CHECKOUT";

    public const string Usage =
        "compare [NAME…] [--quick] [--rounds N] [--seconds N] [--out FOLDER] [--python FILE] "
        + "[--whisper-checkout FOLDER] [--clip-checkout FOLDER] | compare list";

    /// <summary>Contests, or the beginnings of their names; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Times that all contenders run in turn.</summary>
    public int Rounds { get; init; } = 15;

    /// <summary>Seconds that a contest may take once all are warm; long work then has fewer rounds, but three.</summary>
    public double Seconds { get; init; } = 90;

    /// <summary>Milliseconds that a run is to take at least: short work is repeated within it.</summary>
    public double RunMilliseconds { get; init; } = 200;

    /// <summary>Where comparison.json and comparison.md go; null for the screen alone.</summary>
    public string? Out { get; init; }

    /// <summary>The interpreter that has the peers' modules.</summary>
    public string Python { get; init; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>A checkout of openai/whisper; null where there is none.</summary>
    public string? WhisperCheckout { get; init; } = Environment.GetEnvironmentVariable(WhisperVariable);

    /// <summary>A checkout of openai/CLIP; null where there is none.</summary>
    public string? ClipCheckout { get; init; } = Environment.GetEnvironmentVariable(ClipVariable);

    /// <summary>Threads of both sides: as many as libtorch takes here.</summary>
    public int Threads { get; } = get_num_threads();

    /// <exception cref="ArgumentException">An option is unknown, or lacks its value.</exception>
    public static ComparisonOptions Parse(ReadOnlySpan<string> arguments)
    {
        // First, so that what else is said counts wherever it stands.
        var options = arguments.Contains("--quick")
            ? new ComparisonOptions { Rounds = 5, Seconds = 12, RunMilliseconds = 60 }
            : new ComparisonOptions();
        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(argument);
            }
            else if (argument != "--quick")
            {
                options = options.With(argument, CommandArguments.ValueOf(arguments, ref i, Usage));
            }
        }

        return options with { Names = names };
    }

    private ComparisonOptions With(string name, string value) => name switch
    {
        "--rounds" => this with { Rounds = CommandArguments.Number(name, value, 1000) },
        "--seconds" => this with { Seconds = CommandArguments.Number(name, value, 3600) },
        "--out" => this with { Out = value },
        "--python" => this with { Python = value },
        "--whisper-checkout" => this with { WhisperCheckout = Path.GetFullPath(value) },
        "--clip-checkout" => this with { ClipCheckout = Path.GetFullPath(value) },
        _ => throw new ArgumentException($"There is no option {name}. Usage: {Usage}"),
    };
}
