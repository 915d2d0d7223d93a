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

    /// <returns>The process's exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        bool quick = arguments.Contains("--quick");
        string? folder = (quick && arguments[0] == "--quick" ? arguments[1..] : arguments) switch
        {
            [] => null,
            ["--out", var given] => given,
            _ => throw new ArgumentException($"These are not arguments of growth. Usage: {Usage}"),
        };
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

    private static IEnumerable<GrowthSeries> Speech(bool quick)
    {
        using var model = FreshBrewClip.Create("whisper-base.en", quick ? "clip-vit-base-patch32" : "clip-vit-large-patch14");
        yield return new GrowthSeries(
            "encode-speech-batch", "EncodeSpeech, utterances of 4 s", "utterances at once",
            [.. ((int[])[1, 2, 4, 8, 16])
                .Select(count => Point(count, () => Encode(model, Enumerable.Repeat(Clip(EncodeSpeechWorkload.Seconds), count)), quick))]);
        yield return new GrowthSeries(
            "encode-speech-length", "EncodeSpeech, one utterance", "seconds of sound",
            [.. ((int[])[2, 4, 8, 15, 30, 60, 120]).Select(seconds => Point(seconds, () => Encode(model, [Clip(seconds)]), quick))]);
    }

    private static GrowthSeries Search(bool quick) => new(
        "search", "one query, exact, 768 float32 dimensions", "embeddings in the index",
        [.. ((int[])[1_000, 10_000, 100_000, .. quick ? (int[])[] : [300_000, 1_000_000]]).Select(count =>
        {
            using var workload = new SearchWorkload(count, 1);
            return Point(count, workload.Run, quick);
        })]);

    private static AudioClip Clip(int seconds) =>
        new(RandomValues.Floats(seconds * LogMelSpectrogram.SampleRate), LogMelSpectrogram.SampleRate);

    private static void Encode(BrewClipModel model, IEnumerable<AudioClip> clips) => model.EncodeSpeech([.. clips]);

    private static GrowthPoint Point(double size, Action work, bool quick)
    {
        work();
        var times = new List<double>();
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || (times.Count < 50 && Stopwatch.GetElapsedTime(begin).TotalSeconds < (quick ? 0.5 : 4)))
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new GrowthPoint(size, RatioEstimate.Median(times));
    }
}
