using BrewClip.Core.Checkpoints;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Presets;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Brew;

/// <summary>
/// Whisper base's frames of thirty seconds through the acoustic branch that works at CLIP L/14's text width, prompts among them.
/// </summary>
internal sealed class AcousticWorkload : Workload
{
    private const int Prompts = 4, Heads = 8, FeedForward = 4096;

    private readonly AcousticBranch _branch;
    private readonly Tensor _frames;
    private readonly Tensor _prompts;
    private readonly float[] _values;
    private readonly int _utterances, _positions, _audioWidth;
    private readonly ClipConfig _clip = ModelPresets.Clip("clip-vit-large-patch14");

    public AcousticWorkload(int utterances)
    {
        var whisper = ModelPresets.Whisper("whisper-base");
        (_utterances, _positions, _audioWidth) = (utterances, whisper.AudioPositions, whisper.Width);
        _branch = PublishedSize.Filled(new AcousticBranch(new AcousticBranchConfig
        {
            AudioWidth = _audioWidth,
            Width = _clip.Text.HiddenSize,
            ProjectFrames = true,
            EmbeddingWidth = _clip.EmbeddingSize,
            Heads = Heads,
            FeedForward = FeedForward,
        }));
        _values = RandomValues.Floats(utterances * _positions * _audioWidth);
        _frames = tensor(_values, [utterances, _positions, _audioWidth]).DetachFromDisposeScope();
        _prompts = randn(Prompts, _clip.Text.HiddenSize).DetachFromDisposeScope();
    }

    public override double Operations => _utterances * Work.Acoustic(_positions, _audioWidth, _clip.Text.HiddenSize, FeedForward, Prompts);

    public override int Items => _utterances;

    public override void Run()
    {
        using var noGrad = no_grad();
        _branch.Forward(_frames, _prompts, null).Dispose();
    }

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        string frames = Path.Combine(folder, "frames.npy");
        NpyFile.Write(frames, _values, _utterances, _positions, _audioWidth);
        return [frames, $"{_clip.Text.HiddenSize}", $"{Heads}", $"{FeedForward}", $"{_clip.EmbeddingSize}", $"{Prompts}"];
    }

    public override void Dispose()
    {
        _frames.Dispose();
        _prompts.Dispose();
        _branch.Dispose();
    }
}
