namespace BrewClip.Benchmarks.Comparison;

/// <summary><c>-- compare</c>: BrewClip beside what people use today, on the same inputs and threads.</summary>
internal static class ComparisonCommand
{
    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is ["list"])
        {
            foreach (var contest in Contests.All)
            {
                Console.WriteLine($"{contest.Name,-24}{contest.Work}");
            }

            return 0;
        }

        var options = ComparisonOptions.Parse(arguments);
        var contests = Contests.Named(options.Names);
        // Our side reads the vocabularies of the checkouts that the peers read.
        Environment.SetEnvironmentVariable(ComparisonOptions.WhisperVariable, options.WhisperCheckout);
        Environment.SetEnvironmentVariable(ComparisonOptions.ClipVariable, options.ClipCheckout);
        var runner = new ComparisonRunner(options);
        var results = new List<ComparisonResult>();
        string command = string.Join(' ', ["dotnet run -c Release --project BrewClip.Benchmarks -- compare", .. arguments]);
        var machine = Machine.Here();
        var earlier = options.Out is { } place && File.Exists(Path.Combine(place, ComparisonReport.JsonName))
            ? ComparisonReport.Read(Path.Combine(place, ComparisonReport.JsonName))
            : null;
        if (earlier is not null && earlier.Machine != machine)
        {
            Console.Error.WriteLine(
                $"'{options.Out}' holds results of another machine or other software, {earlier.Machine}: they are replaced, not added to.");
        }

        if (options.Threads != Environment.ProcessorCount)
        {
            Console.Error.WriteLine(
                $"libtorch and the peers have {options.Threads} threads, and BrewClip's search, loader and files take all "
                + $"{Environment.ProcessorCount} processors: set OMP_NUM_THREADS and DOTNET_PROCESSOR_COUNT alike.");
        }

        Console.WriteLine($"{machine}");
        Console.WriteLine(ComparisonReport.Heads);
        foreach (var contest in contests)
        {
            var result = runner.Run(contest);
            results.Add(result);
            Console.WriteLine(ComparisonReport.Row(result));
            if (options.Out is { } folder)
            {
                var report = new ComparisonReport(machine, command, results);
                (earlier is null ? report : report.With(earlier, [.. Contests.All.Select(known => known.Name)])).Write(folder);
            }
        }

        return 0;
    }
}
