using BrewClip.Benchmarks.Ground;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>Steps of the decoder and the encoder of a published size; the peer is Peers/whisper_step.py.</summary>
internal static class WhisperReport
{
    private const int Steps = 24;

    public static void Run(string name)
    {
        using var scope = NewDisposeScope();
        using var model = PublishedSize.Whisper(name);
        var config = model.Config;
        Console.WriteLine($"{name}: {get_num_threads()} threads; the shortest of {Steps} steps, of 3 encodings");
        double weights = 4 * WhisperStepWorkload.WeightsRead(model);
        foreach (int rows in (int[])[1, 16])
        {
            double step = Step(model, rows);
            double audio = 4.0 * rows * config.DecoderLayers * 2 * config.AudioPositions * config.Width;
            Console.WriteLine(
                $"greedy step, {rows,2} rows: {step,7:F2} ms; weights {weights / step / 1e6:F1} GB/s, with the audio's keys and values "
                + $"{(weights + audio) / step / 1e6:F1} GB/s; {1000 * rows / step:F0} tokens/s");
        }

        double encoding = Timing.Best(3, () => model.Encoder.Encode(zeros(1, config.MelBins, config.MelFrames)).Dispose())[0];
        Console.WriteLine($"encoder: {encoding:F0} ms, {Timing.Rate(Work.Encoder(config), encoding):F0} GFLOP/s");
    }

    private static double Step(WhisperModel model, int rows)
    {
        using var scope = NewDisposeScope();
        var audio = randn(rows, model.Config.AudioPositions, model.Config.Width);
        using var cache = model.Decoder.CreateCache(audio, Steps + 1);
        var tokens = full([rows, 1], 50258, dtype: ScalarType.Int64);
        return Timing.Best(Steps, () => model.Decoder.Decode(tokens, cache).Dispose())[0];
    }
}
