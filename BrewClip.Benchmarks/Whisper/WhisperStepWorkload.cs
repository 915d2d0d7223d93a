using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Whisper;

/// <summary>One greedy step of Whisper's decoder: a token a row in, the likeliest next token out, keys and values cached.</summary>
internal sealed class WhisperStepWorkload : Workload
{
    /// <summary>Positions after which the cache is emptied, so that a step costs what it costs in a caption.</summary>
    public const int Steps = 24;

    private readonly WhisperModel _model;
    private readonly KeyValueCache _cache;
    private readonly Tensor _tokens;
    private readonly int _rows;

    /// <param name="size">tiny, base, small, ...</param>
    /// <param name="rows">Utterances that step together.</param>
    public WhisperStepWorkload(string size, int rows)
    {
        _rows = rows;
        _model = PublishedSize.Whisper($"whisper-{size}");
        using var scope = NewDisposeScope();
        var config = _model.Config;
        _cache = _model.Decoder.CreateCache(randn(rows, config.AudioPositions, config.Width), Steps);
        _tokens = full([rows, 1], config.VocabularySize - 1, dtype: ScalarType.Int64).DetachFromDisposeScope();
    }

    public override double Operations => _rows * Work.DecoderStep(_model.Config, Steps / 2.0);

    /// <summary>
    /// Weights of a decoder that a step reads: all but the positions, and but the projections of the audio, which are behind it.
    /// </summary>
    public static double WeightsRead(WhisperModel model) => model.Decoder.named_parameters()
        .Where(item => !item.name.Contains("embed_positions") && !item.name.Contains("encoder_attn.kv_proj"))
        .Sum(item => item.parameter.numel());

    // The audio's keys and values are part of what a layer holds, once for each row.
    public override double Bytes
    {
        get
        {
            var config = _model.Config;
            return 4 * (WeightsRead(_model) + 2.0 * _rows * config.DecoderLayers * config.AudioPositions * config.Width);
        }
    }

    public override int Items => _rows;

    public override void Run()
    {
        if (_cache.Length == Steps)
        {
            _cache.Truncate(0);
        }

        using var scope = NewDisposeScope();
        _model.Decoder.Decode(_tokens, _cache).argmax(-1).cpu();
    }

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var config = _model.Config;
        return [$"{config.DecoderLayers}", $"{config.Width}", $"{config.DecoderAttentionHeads}", $"{_rows}", $"{Steps}"];
    }

    public override void Dispose()
    {
        _cache.Dispose();
        _tokens.Dispose();
        _model.Dispose();
    }
}
