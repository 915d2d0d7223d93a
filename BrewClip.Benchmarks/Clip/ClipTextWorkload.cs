using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Clip;

/// <summary>
/// Tokenised captions through CLIP's text tower. They are 14 tokens long with start and end; the peer computes all 77 positions, as
/// openai/CLIP does, and BrewClip those up to the last end.
/// </summary>
internal sealed class ClipTextWorkload : Workload
{
    /// <summary>Positions that a caption takes.</summary>
    public const int Length = 14;

    private readonly ClipModel _model;
    private readonly int _texts;
    private readonly long[] _ids;
    private readonly Tensor _tokens;

    /// <param name="preset">Such as <c>clip-vit-base-patch32</c>.</param>
    /// <param name="texts">Texts in one pass.</param>
    public ClipTextWorkload(string preset, int texts)
    {
        _texts = texts;
        _model = PublishedSize.Clip(preset);
        var config = _model.Config.Text;
        var random = new Random(1);
        _ids = new long[texts * config.ContextLength];
        for (int text = 0; text < texts; text++)
        {
            var row = _ids.AsSpan(text * config.ContextLength, config.ContextLength);
            row[0] = config.VocabularySize - 2;
            foreach (ref long id in row[1..(Length - 1)])
            {
                id = random.Next(config.VocabularySize - 2);
            }

            row[Length - 1] = config.VocabularySize - 1;
        }

        _tokens = tensor(_ids, [texts, config.ContextLength]);
        _tokens.DetachFromDisposeScope();
    }

    public override double Operations => _texts * Work.Text(_model.Config, Length);

    public override int Items => _texts;

    public override void Run() => _model.Text.Encode(_tokens).Dispose();

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var config = _model.Config.Text;
        string tokens = Path.Combine(folder, "tokens.npy");
        NpyFile.Write(tokens, _ids, _texts, config.ContextLength);
        return ["text", tokens, $"{config.Layers}", $"{config.HiddenSize}", $"{config.AttentionHeads}", $"{_model.Config.EmbeddingSize}"];
    }

    public override void Dispose()
    {
        _tokens.Dispose();
        _model.Dispose();
    }
}
