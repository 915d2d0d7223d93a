using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Cli.Models;

/// <summary>A Whisper, or the one in a BrewCLIP checkpoint.</summary>
internal sealed class LoadedWhisper : IDisposable
{
    public const string Description = "A Whisper, or a BrewCLIP checkpoint that holds one: a folder or a hub name.";

    private LoadedWhisper(WhisperModel model, WhisperTokenizer tokenizer)
    {
        Transcriber = new Transcriber(model, tokenizer);
    }

    public Transcriber Transcriber { get; }

    public static async Task<LoadedWhisper> LoadAsync(string name, ModelLoadingOptions networks, CancellationToken cancellation)
    {
        var folder = await ModelFolder.FindAsync(name, cancellation).ConfigureAwait(false);
        if (folder.Type == BrewClipConfig.ModelTypeName)
        {
            string whisper = BrewClipConfig.Load(folder.Path).Whisper, beside = Path.GetFullPath(Path.Combine(folder.Path, whisper));
            folder = await ModelFolder.FindAsync(Directory.Exists(beside) ? beside : whisper, cancellation).ConfigureAwait(false);
        }

        return folder.Type == "whisper"
            ? await Task.Run(() => Load(folder.Path, networks, cancellation), cancellation).ConfigureAwait(false)
            : throw new InvalidDataException($"'{name}' is a model of the type '{folder.Type}': a Whisper is needed.");
    }

    public void Dispose() => Transcriber.Model.Dispose();

    private static LoadedWhisper Load(string folder, ModelLoadingOptions networks, CancellationToken cancellation)
    {
        var tokenizer = WhisperTokenizer.Load(folder, WhisperConfig.Load(folder).VocabularySize);
        return new LoadedWhisper(WhisperModel.Load(folder, networks, cancellation), tokenizer);
    }
}
