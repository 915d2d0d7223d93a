namespace BrewClip.Benchmarks.Gpu;

/// <summary>What <c>-- gpu</c> was asked.</summary>
internal sealed record GpuOptions
{
    public const string Usage = "gpu [NAME…] [--out FOLDER] [--python FILE] | gpu list | gpu parity";

    /// <summary>Kernels, or the beginnings of their names; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Where gpu.json and gpu.md go; null for the screen alone.</summary>
    public string? Out { get; init; }

    /// <summary>The interpreter whose PyTorch is the peer.</summary>
    public string Python { get; init; } = "python3";

    /// <exception cref="ArgumentException">An option is unknown, or lacks its value.</exception>
    public static GpuOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new GpuOptions();
        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                names.Add(arguments[i]);
                continue;
            }

            string name = arguments[i];
            string value = CommandArguments.ValueOf(arguments, ref i, Usage);
            options = name switch
            {
                "--out" => options with { Out = value },
                "--python" => options with { Python = value },
                _ => throw new ArgumentException($"There is no option {name}. Usage: {Usage}"),
            };
        }

        return options with { Names = names };
    }
}
