using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Brew;

/// <summary>The six utterances, texts and images of the goldens, ready for the network; Whisper's frames are computed once.</summary>
public sealed class BrewGoldens : IDisposable
{
    public static readonly int[] ClipSamples = [52000, 80000, 31999, 64000, 47123, 16000];
    private static readonly int[] _clipOffsets = [0, 80000, 160000, 240000, 320000, 400000];
    private readonly FormulaModelFixture _models = new();

    public BrewGoldens()
    {
        using var inputs = SafetensorsFile.Open(TestFiles.Golden("brew", "inputs.safetensors"));
        Tokens = inputs.Long("tokens_plain");
        Pixels = inputs.Float("images");
        ImageIds = inputs.Long("image_ids");
        ValidFrames = tensor(ClipSamples.Select(samples => BrewClipNetwork.ValidFrames(samples)).ToArray());
        Frames = EncodeFrames();
    }

    public Tensor Tokens { get; }

    public Tensor Pixels { get; }

    public Tensor ImageIds { get; }

    public Tensor Frames { get; }

    public Tensor ValidFrames { get; }

    public ClipModel Clip => _models.Clip;

    public WhisperModel Whisper => _models.Whisper;

    public static BrewClipConfig Config(string reading) => new()
    {
        ModelType = BrewClipConfig.ModelTypeName,
        Whisper = "whisper",
        Clip = "clip",
        PromptPlacement = reading == "published" ? PromptPlacement.AfterStart : PromptPlacement.Front,
        PromptLink = reading == "published" ? PromptLink.Shared : PromptLink.Linear,
        VisionPrompts = reading == "published",
        MaskPadding = reading == "worded",
        AcousticFeedForward = reading == "published" ? 512 : 256,
    };

    /// <summary>A network of the reading with formula weights; the logit scales keep their start.</summary>
    public BrewClipNetwork Network(string reading)
    {
        var network = new BrewClipNetwork(Config(reading), Clip, _models.Whisper.Config, temperatureLearnable: reading == "worded");
        FormulaCheckpoint.Fill(network);
        network.eval();
        return network;
    }

    public static AudioClip[] Clips()
    {
        var recording = AudioClip.Load(TestFiles.Golden("whisper", "long.wav")).Resample(LogMelSpectrogram.SampleRate);
        return [.. ClipSamples.Select((samples, i) => recording.Slice(_clipOffsets[i], samples))];
    }

    public static SafetensorsFile Expected(string reading) => SafetensorsFile.Open(TestFiles.Golden("brew", $"{reading}.safetensors"));

    public void Dispose()
    {
        Tokens.Dispose();
        Pixels.Dispose();
        ImageIds.Dispose();
        ValidFrames.Dispose();
        Frames.Dispose();
        _models.Dispose();
    }

    private Tensor EncodeFrames()
    {
        var clips = Clips();
        var spectrogram = new LogMelSpectrogram(80);
        int window = 80 * LogMelSpectrogram.WindowFrames;
        var mels = new float[ClipSamples.Length * window];
        for (int i = 0; i < ClipSamples.Length; i++)
        {
            spectrogram.ComputeWindow(clips[i].Samples.Span, mels.AsSpan(i * window, window));
        }

        using var mel = tensor(mels, [ClipSamples.Length, 80, LogMelSpectrogram.WindowFrames]);
        return _models.Whisper.Encoder.Encode(mel);
    }
}
