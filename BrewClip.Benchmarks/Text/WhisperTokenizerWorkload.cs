using BrewClip.Core.Text;

namespace BrewClip.Benchmarks.Text;

/// <summary>
/// A thousand captions to Whisper's ids, as a prompt or a training text is; the peer is Peers/whisper_tokenizer.py, with the same
/// vocabulary.
/// </summary>
internal sealed class WhisperTokenizerWorkload : Workload
{
    private readonly string[] _captions;
    private readonly WhisperTokenizer _tokenizer;

    public WhisperTokenizerWorkload(int captions = 1000)
    {
        _captions = Captions.Make(captions);
        _tokenizer = Vocabularies.Whisper(_captions);
    }

    public override int Items => _captions.Length;

    public override void Run()
    {
        foreach (string caption in _captions)
        {
            _tokenizer.Encode(caption);
        }
    }

    public override IReadOnlyList<string> PeerArguments(string folder)
    {
        var (captions, ids) = Vocabularies.Write(folder, _captions, _tokenizer.Encode);
        HubVocabularyWriter.Save(_tokenizer.Vocabulary, folder);
        return [captions, folder, ids];
    }
}
