using System.IO.Compression;
using System.Text;
using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// A thousand captions to the 77 ids of CLIP's text encoder; the peer is Peers/clip_tokenizer.py, with the same vocabulary.
/// </summary>
internal sealed class ClipTokenizerWorkload : Workload
{
    private readonly string[] _captions;
    private readonly ClipTokenizer _tokenizer;

    public ClipTokenizerWorkload(int captions = 1000)
    {
        _captions = Captions.Make(captions);
        _tokenizer = Vocabularies.Clip(_captions);
    }

    public override int Items => _captions.Length;

    public override void Run()
    {
        foreach (string caption in _captions)
        {
            _tokenizer.EncodeForModel(caption);
        }
    }

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var (captions, ids) = Vocabularies.Write(folder, _captions, _tokenizer.Encode);
        string merges = Path.Combine(folder, "merges.txt.gz");
        WriteMerges(merges);
        return [captions, merges, ids];
    }

    // As openai/CLIP reads them: a line of any contents, then a merge a line, and none empty.
    private void WriteMerges(string path)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write("#version: 0.2"u8);
        foreach (var merge in _tokenizer.Vocabulary.Merges)
        {
            stream.Write(Encoding.UTF8.GetBytes($"\n{merge.Left} {merge.Right}"));
        }
    }
}
