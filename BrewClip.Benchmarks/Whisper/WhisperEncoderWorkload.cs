using BrewClip.Core.Checkpoints;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>Thirty seconds of log-mel frames through Whisper's encoder.</summary>
internal sealed class WhisperEncoderWorkload : Workload
{
    private readonly WhisperModel _model;
    private readonly float[] _values;
    private readonly Tensor _mel;

    /// <param name="size">tiny, base, small, ...</param>
    public WhisperEncoderWorkload(string size)
    {
        _model = PublishedSize.Whisper($"whisper-{size}");
        var config = _model.Config;
        _values = RandomValues.Floats(config.MelBins * config.MelFrames);
        _mel = tensor(_values, [1, config.MelBins, config.MelFrames]);
        _mel.DetachFromDisposeScope();
    }

    public override double Operations => Work.Encoder(_model.Config);

    public override void Run() => _model.Encoder.Encode(_mel).Dispose();

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var config = _model.Config;
        string mel = Path.Combine(folder, "mel.npy");
        NpyFile.Write(mel, _values, 1, config.MelBins, config.MelFrames);
        return [mel, $"{config.EncoderLayers}", $"{config.Width}", $"{config.EncoderAttentionHeads}"];
    }

    public override void Dispose()
    {
        _mel.Dispose();
        _model.Dispose();
    }
}
