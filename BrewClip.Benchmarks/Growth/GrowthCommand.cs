using System.Diagnostics;
using BrewClip.Benchmarks.Brew;
using BrewClip.Benchmarks.Comparison;
using BrewClip.Benchmarks.Retrieval;
using BrewClip.Core.Audio;
using BrewClip.Models.Brew;

namespace BrewClip.Benchmarks.Growth;

/// <summary><c>-- growth</c>: what EncodeSpeech costs by batch and by length, and a query by the size of its index.</summary>
internal static class GrowthCommand
{
    private const string Usage = "growth [--quick] [--out FOLDER]";

    private const double WarmUpSeconds = 0.5;

    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var (quick, folder) = Parse(arguments);
        GrowthSeries[] series = [.. Speech(quick), Search(quick)];
        foreach (var one in series)
        {
            var points = one.Points.Select(point => $"{point.Size:0} → {point.Milliseconds:0.00} ms");
            Console.WriteLine($"{one.Title}, by {one.Axis}: {string.Join(", ", points)}");
        }

        if (folder is not null)
        {
            string command = string.Join(' ', ["dotnet run -c Release --project BrewClip.Benchmarks -- growth", .. arguments]);
            new GrowthReport(Machine.Here(), command, series).Write(folder);
        }

        return 0;
    }

    /// <summary>What was asked: fewer and smaller points, and the folder that growth.json goes to.</summary>
    /// <exception cref="ArgumentException">An argument is none of these.</exception>
    public static (bool Quick, string? Out) Parse(ReadOnlySpan<string> arguments)
    {
        bool quick = false;
        string? folder = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--out":
                    folder = CommandArguments.ValueOf(arguments, ref i, Usage);
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is no argument of growth. Usage: {Usage}");
            }
        }

        return (quick, folder);
    }

    private static IEnumerable<GrowthSeries> Speech(bool quick)
    {
        using var model = FreshBrewClip.Create("whisper-base.en", quick ? "clip-vit-base-patch32" : "clip-vit-large-patch14");
        yield return new GrowthSeries(
            "encode-speech-batch", "EncodeSpeech, utterances of 4 s", "utterances at once",
            [.. ((int[])[1, 2, 4, 8, 16]).Select(count => Speech(model, count, count, EncodeSpeechWorkload.Seconds, quick))]);
        yield return new GrowthSeries(
            "encode-speech-length", "EncodeSpeech, one utterance", "seconds of sound",
            [.. ((int[])[2, 4, 8, 15, 30, 60, 120]).Select(seconds => Speech(model, seconds, 1, seconds, quick))]);
    }

    private static GrowthPoint Speech(BrewClipModel model, double size, int count, int seconds, bool quick)
    {
        AudioClip[] clips = [.. Enumerable.Range(1, count).Select(seed => Clip(seconds, seed))];
        return Point(size, () => model.EncodeSpeech(clips), quick);
    }

    private static GrowthSeries Search(bool quick) => new(
        "search", "one query, exact, 768 float32 dimensions", "embeddings in the index",
        [.. ((int[])[1_000, 10_000, 100_000, .. quick ? (int[])[] : [300_000, 1_000_000]]).Select(count =>
        {
            using var workload = new SearchWorkload(count, 1);
            return Point(count, workload.Run, quick);
        })]);

    private static AudioClip Clip(int seconds, int seed) =>
        new(RandomValues.Floats(seconds * LogMelSpectrogram.SampleRate, seed), LogMelSpectrogram.SampleRate);

    private static GrowthPoint Point(double size, Action work, bool quick)
    {
        // Short work is repeated until the compiler has had the time to optimise it.
        long begin = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds);

        var times = new List<double>();
        begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || (times.Count < 50 && Stopwatch.GetElapsedTime(begin).TotalSeconds < (quick ? 0.5 : 4)))
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new GrowthPoint(size, RatioEstimate.Median(times));
    }
}
