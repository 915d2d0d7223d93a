using BenchmarkDotNet.Attributes;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Brew;

/// <summary>
/// Speech, images and texts through a model of published size; <see cref="NetworksAlone"/> is the floor of <see cref="EncodeSpeech"/>:
/// Whisper, CLIP's text tower and the acoustic branch on inputs that are ready, without spectrogram, tokenizers and bookkeeping.
/// </summary>
[MemoryDiagnoser]
public class EncodingBenchmark
{
    private readonly RgbImage[] _images = [.. Enumerable.Range(0, 16).Select(Picture)];
    private readonly string[] _texts = [.. Enumerable.Range(0, 32).Select(i => $"a brown dog runs on the beach {i}")];
    private BrewClipModel _model = null!;
    private AudioClip _clip = null!;
    private AudioClip[] _clips = [];
    private DecodingTask _decoding = null!;
    private Tensor _mel = null!;
    private Tensor _tokens = null!;

    [Params("clip-vit-base-patch32", "clip-vit-large-patch14")]
    public string Clip { get; set; } = "";

    [Params("whisper-base.en")]
    public string Whisper { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _model = FreshBrewClip.Create(Whisper, Clip);
        _clip = new AudioClip(
            RandomValues.Floats(EncodeSpeechWorkload.Seconds * LogMelSpectrogram.SampleRate), LogMelSpectrogram.SampleRate);
        _clips = [.. Enumerable.Repeat(_clip, 16)];
        var backbone = _model.Backbone;
        _decoding = new DecodingTask(
            backbone.Whisper, backbone.WhisperTokenizer, _model.Options.Transcription.Decoding with { Timestamps = false });
        var spectrogram = new LogMelSpectrogram(backbone.Whisper.Config.MelBins);
        var mel = new float[spectrogram.MelBins * LogMelSpectrogram.WindowFrames];
        spectrogram.ComputeWindow(_clip.Samples.Span, mel);
        _mel = tensor(mel, [1, spectrogram.MelBins, LogMelSpectrogram.WindowFrames]);
        int[] tokens = backbone.ClipTokenizer.EncodeForModel(_model.EncodeSpeech(_clip).Transcript);
        _tokens = tensor(Array.ConvertAll(tokens, token => (long)token), [1, tokens.Length]);
    }

    [Benchmark(Baseline = true)]
    public DecodingResult NetworksAlone()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var frames = _model.Backbone.Whisper.Encoder.Encode(_mel);
        var decoded = _decoding.DecodeFeatures(frames)[0];
        _model.Network.EmbedText(_tokens);
        _model.Network.EmbedAcoustic(frames, null);
        return decoded;
    }

    [Benchmark]
    public SpeechEmbedding EncodeSpeech() => _model.EncodeSpeech(_clip);

    [Benchmark(OperationsPerInvoke = 16)]
    public IReadOnlyList<SpeechEmbedding> SpeechOfSixteen() => _model.EncodeSpeech(_clips);

    [Benchmark(OperationsPerInvoke = 16)]
    public IReadOnlyList<float[]> ImageOfSixteen() => _model.EncodeImages(_images);

    [Benchmark(OperationsPerInvoke = 32)]
    public IReadOnlyList<float[]> TextOfThirtyTwo() => _model.EncodeTexts(_texts);

    [GlobalCleanup]
    public void Cleanup()
    {
        _mel.Dispose();
        _tokens.Dispose();
        _model.Dispose();
    }

    private static RgbImage Picture(int seed)
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(640, 480, pixels);
    }
}
