using BenchmarkDotNet.Attributes;
using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// Tokenizing captions and decoding transcripts. The vocabularies are learned from the captions themselves unless BREWCLIP_CLIP_VOCABULARY and
/// BREWCLIP_WHISPER_VOCABULARY name real ones.
/// </summary>
[MemoryDiagnoser]
public class TokenizerBenchmarks
{
    private string[] _captions = [];
    private int[][] _transcripts = [];
    private ClipTokenizer _clip = null!;
    private WhisperTokenizer _whisper = null!;

    [GlobalSetup]
    public void Setup()
    {
        _captions = Captions.Make(1000);
        _clip = Environment.GetEnvironmentVariable("BREWCLIP_CLIP_VOCABULARY") is { Length: > 0 } clip
            ? ClipTokenizer.Load(clip)
            : new ClipTokenizer(BytePairTrainer.Learn(_captions, new BytePairTraining { Flavour = BytePairFlavour.Clip }));
        _whisper = Environment.GetEnvironmentVariable("BREWCLIP_WHISPER_VOCABULARY") is { Length: > 0 } whisper
            ? WhisperTokenizer.Load(whisper)
            : new WhisperTokenizer(BytePairTrainer.Learn(_captions, new BytePairTraining { Flavour = BytePairFlavour.Whisper }));
        _transcripts = [.. _captions.Select(_whisper.Encode)];
    }

    /// <summary>1000 captions, each to the 77 ids of the text encoder.</summary>
    [Benchmark]
    public int EncodeCaptions() => _captions.Sum(caption => _clip.EncodeForModel(caption)[1]);

    /// <summary>1000 transcripts back to text.</summary>
    [Benchmark]
    public int DecodeTranscripts() => _transcripts.Sum(transcript => _whisper.Decode(transcript).Length);

    /// <summary>1000 captions, each normalised for a word error rate.</summary>
    [Benchmark]
    public int NormalizeTranscripts()
    {
        var normalizer = new EnglishTextNormalizer();
        return _captions.Sum(caption => normalizer.Normalize(caption).Length);
    }

    /// <summary>2000 merges learned from the captions.</summary>
    [Benchmark]
    public int LearnVocabulary() => BytePairTrainer.Learn(_captions, new BytePairTraining { Flavour = BytePairFlavour.Clip }).Size;
}
