using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Training.Tasks;

namespace BrewClip.Training.LittleWorld;

/// <summary>What the frozen Whisper makes of a corpus, computed once: frames that hold speech, and transcripts.</summary>
internal sealed class FrozenCaches : IDisposable
{
    private const int Batch = 16;

    private readonly FeatureCache _frames;
    private readonly TranscriptCache _transcripts;

    /// <param name="folder">Where the caches lie.</param>
    /// <param name="whisper">The folder of the model.</param>
    public FrozenCaches(string folder, string whisper)
    {
        string model = ContentHash.OfModel(whisper);
        _frames = FeatureCache.Open(folder, FrameCaching.Kind, model, FrameCaching.Options(validOnly: true));
        try
        {
            _transcripts = TranscriptCache.Open(folder, model, nameof(TranscriptionOptions.SpeechQuery));
        }
        catch
        {
            _frames.Dispose();
            throw;
        }
    }

    /// <summary>Computes what is missing and is needed.</summary>
    public void Fill(
        IReadOnlyList<Utterance> utterances, BrewClipBackbone backbone, BrewClipConfig config, IProgress<string>? progress, CancellationToken cancellation)
    {
        if (config.HasAcoustic)
        {
            FrameCaching.Run(
                utterances, _frames, backbone.Whisper.Encoder, validOnly: true, Batch,
                progress: Told(progress, "frames", utterances.Count), cancellation: cancellation);
        }

        if (config.HasPipeline)
        {
            var transcriber = new Transcriber(backbone.Whisper, backbone.WhisperTokenizer);
            TranscriptCaching.Run(
                utterances, _transcripts,
                clips => [.. transcriber.TranscribeBatch(clips, TranscriptionOptions.SpeechQuery, clips.Count, null, cancellation).Select(transcript => transcript.Text)],
                Batch, Told(progress, "transcripts", utterances.Count), cancellation);
        }
    }

    /// <summary>The part that a variant reads.</summary>
    public FrozenFeatures For(BrewClipConfig config) => new()
    {
        Frames = config.HasAcoustic ? _frames : null,
        Transcripts = config.HasPipeline ? _transcripts : null,
        HasPipeline = config.HasPipeline,
    };

    public void Dispose()
    {
        _frames.Dispose();
        _transcripts.Dispose();
    }

    private static Hundreds? Told(IProgress<string>? progress, string what, int total) => progress is null ? null : new Hundreds(progress, what, total);

    private sealed class Hundreds(IProgress<string> progress, string what, int total) : IProgress<int>
    {
        private int _told = -1;

        public void Report(int value)
        {
            if (value / 500 > _told || value >= total)
            {
                _told = value / 500;
                progress.Report($"{what}: {value} of {total}");
            }
        }
    }
}
