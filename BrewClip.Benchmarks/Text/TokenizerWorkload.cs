using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// A thousand captions to the 77 ids of CLIP's text encoder. The vocabulary is learned from the captions unless BREWCLIP_CLIP_VOCABULARY
/// names a real one; the peer reads its own.
/// </summary>
internal sealed class TokenizerWorkload : Workload
{
    private readonly string[] _captions = Captions.Make(1000);
    private readonly ClipTokenizer _tokenizer;

    public TokenizerWorkload() => _tokenizer = Environment.GetEnvironmentVariable("BREWCLIP_CLIP_VOCABULARY") is { Length: > 0 } folder
        ? ClipTokenizer.Load(folder)
        : new ClipTokenizer(BytePairTrainer.Learn(_captions, new BytePairTraining { Flavour = BytePairFlavour.Clip }));

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
        string path = Path.Combine(folder, "captions.txt");
        File.WriteAllLines(path, _captions);
        return [path];
    }
}
