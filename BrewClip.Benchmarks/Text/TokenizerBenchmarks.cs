using BenchmarkDotNet.Attributes;
using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// Tokenizing captions and decoding transcripts. The vocabularies are learned from the captions themselves unless
/// BREWCLIP_CLIP_VOCABULARY and BREWCLIP_WHISPER_VOCABULARY name real ones.
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
        _clip = Vocabularies.Clip(_captions);
        _whisper = Vocabularies.Whisper(_captions);
        _transcripts = [.. _captions.Select(_whisper.Encode)];
    }

    /// <summary>1000 captions, each to the 77 ids of the text encoder.</summary>
    [Benchmark]
    public int EncodeCaptions() => _captions.Sum(caption => _clip.EncodeForModel(caption)[1]);

    /// <summary>1000 transcripts, each to Whisper's ids.</summary>
    [Benchmark]
    public int EncodeTranscripts() => _captions.Sum(caption => _whisper.Encode(caption).Length);

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
