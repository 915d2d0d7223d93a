using System.Runtime.InteropServices;
using BrewClip.Core.Audio;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// Utterances to embeddings (paper, Figure 2): one pass of Whisper's encoder feeds the transcription and the acoustic branch; transcripts
/// are embedded together at the end.
/// </summary>
internal sealed class SpeechEncoder
{
    private readonly BrewClipNetwork _network;
    private readonly BrewClipBackbone _backbone;
    private readonly BrewClipOptions _options;
    private readonly TextEmbedder _texts;
    private readonly LogMelSpectrogram _spectrogram;
    private readonly SpeechTranscription? _transcription;

    /// <exception cref="ArgumentException">The transcription options contradict the model.</exception>
    public SpeechEncoder(BrewClipNetwork network, BrewClipBackbone backbone, BrewClipOptions options, TextEmbedder texts)
    {
        (_network, _backbone, _options, _texts) = (network, backbone, options, texts);
        _spectrogram = new LogMelSpectrogram(backbone.Whisper.Config.MelBins);
        _transcription = network.Config.HasPipeline ? new SpeechTranscription(backbone, options.Transcription) : null;
    }

    /// <summary>One embedding for each clip, in their order.</summary>
    /// <param name="clips">Sounds of any rate and any length above 0.</param>
    /// <param name="transcripts">What is said in each, null where Whisper is to find out; null for all.</param>
    /// <param name="report">Told how many are done.</param>
    /// <param name="cancellation">Checked at every token and batch.</param>
    public SpeechEmbedding[] Encode(
        IReadOnlyList<AudioClip> clips, IReadOnlyList<string?>? transcripts, Action<int>? report, CancellationToken cancellation)
    {
        Check(clips, transcripts);
        var hearings = clips.Select(_ => new UtteranceHearing()).ToArray();
        var unheard = new bool[clips.Count];
        for (int i = 0; i < clips.Count && _transcription is not null; i++)
        {
            unheard[i] = transcripts?[i] is null;
            if (!unheard[i])
            {
                hearings[i].AddGiven(transcripts![i]!);
            }
        }

        if (_transcription is { ReadsFrames: false })
        {
            var whole = Enumerable.Range(0, clips.Count).Where(i => unheard[i]).Select(i => (clips[i], hearings[i])).ToArray();
            _transcription.Transcribe(whole, _options.SpeechBatchSize, cancellation);
            Array.Clear(unheard);
        }

        foreach (var batch in Windows(clips, unheard).Chunk(_options.SpeechBatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            Hear(batch, hearings, unheard, cancellation);
            report?.Invoke(batch[^1].Utterance);
        }

        var embeddings = Finish(clips, hearings, cancellation);
        report?.Invoke(clips.Count);
        return embeddings;
    }

    /// <summary>
    /// Whisper's frames of some windows, as the acoustic branch reads them: float32 [N, T, width]. The caller disposes them.
    /// </summary>
    public Tensor Frames(UtteranceWindows windows, int window) => AcousticInput(Mel([(0, windows, window)]), out _);

    /// <summary>How many of a window's frames are sound, int64 [N].</summary>
    public Tensor ValidFrames(IEnumerable<int> samples) =>
        tensor(samples.Select(count => BrewClipNetwork.ValidFrames(count)).ToArray()).to(_network.OuterLogitScale.device);

    /// <summary>An utterance cut as this model hears it.</summary>
    public UtteranceWindows Open(AudioClip clip) => new(clip, _spectrogram, _backbone.Whisper.Config.MelFrames);

    private UtteranceWindows Open(AudioClip clip, int utterance)
    {
        try
        {
            return Open(clip);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"Utterance {utterance}: {error.Message}", error);
        }
    }

    private static void Check(IReadOnlyList<AudioClip> clips, IReadOnlyList<string?>? transcripts)
    {
        if (transcripts is not null && transcripts.Count != clips.Count)
        {
            throw new ArgumentException($"{transcripts.Count} transcripts are given for {clips.Count} utterances.", nameof(transcripts));
        }

        for (int i = 0; i < clips.Count; i++)
        {
            if (clips[i] is null || clips[i].Samples.Length == 0)
            {
                throw new ArgumentException(
                    $"Utterance {i} {(clips[i] is null ? "is null" : "holds 0 samples")}: nothing to encode.", nameof(clips));
            }
        }
    }

    // Cut and turned into spectrograms only when their turn comes. An utterance that no network has to hear is left out.
    private IEnumerable<(int Utterance, UtteranceWindows Windows, int Window)> Windows(IReadOnlyList<AudioClip> clips, bool[] unheard)
    {
        for (int i = 0; i < clips.Count; i++)
        {
            if (_network.Config.HasAcoustic || unheard[i])
            {
                var windows = Open(clips[i], i);
                for (int window = 0; window < windows.Count; window++)
                {
                    yield return (i, windows, window);
                }
            }
        }
    }

    private void Hear(
        (int Utterance, UtteranceWindows Windows, int Window)[] batch, UtteranceHearing[] hearings, bool[] unheard,
        CancellationToken cancellation)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var spoken = new List<(int Row, UtteranceHearing Hearing, double Seconds)>();
        for (int row = 0; row < batch.Length; row++)
        {
            var (utterance, windows, window) = batch[row];
            if (unheard[utterance] && _transcription!.IsSilent(windows.Samples(window)))
            {
                hearings[utterance].AddSilence(windows.Seconds(window));
            }
            else if (unheard[utterance])
            {
                spoken.Add((row, hearings[utterance], windows.Seconds(window)));
            }
        }

        if (spoken.Count == 0 && !_network.Config.HasAcoustic)
        {
            return;
        }

        var input = AcousticInput(Mel(batch), out var frames);
        _transcription?.Decode(frames, spoken, cancellation);
        if (_network.Config.HasAcoustic)
        {
            var valid = ValidFrames(batch.Select(item => item.Windows.Samples(item.Window).Length));
            float[][] vectors = TensorRows.ToArrays(_network.EmbedAcoustic(input, valid));
            for (int row = 0; row < batch.Length; row++)
            {
                hearings[batch[row].Utterance].AddAcoustic(vectors[row], batch[row].Windows.Seconds(batch[row].Window));
            }
        }
    }

    private Tensor Mel((int Utterance, UtteranceWindows Windows, int Window)[] batch)
    {
        int bins = _spectrogram.MelBins, frames = _backbone.Whisper.Config.MelFrames;
        var mel = empty([batch.Length, bins, frames], dtype: ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(mel.bytes);
        for (int row = 0; row < batch.Length; row++)
        {
            batch[row].Windows.CopyMel(batch[row].Window, values.Slice(row * bins * frames, bins * frames));
        }

        return mel;
    }

    private Tensor AcousticInput(Tensor mel, out Tensor frames)
    {
        if (!_network.MixesStates)
        {
            frames = _backbone.Whisper.Encoder.Encode(mel);
            return frames.to(ScalarType.Float32);
        }

        var states = _backbone.Whisper.Encoder.EncodeLayers(mel);
        frames = states[^1];
        return _network.MixStates([.. states.Select(state => state.to(ScalarType.Float32))]);
    }

    private SpeechEmbedding[] Finish(IReadOnlyList<AudioClip> clips, UtteranceHearing[] hearings, CancellationToken cancellation)
    {
        var texts = new List<string>();
        var ranges = new (int Start, int Count)[clips.Count];
        for (int i = 0; i < clips.Count; i++)
        {
            int start = texts.Count;
            texts.AddRange(hearings[i].Texts.Select(item => item.Text));
            if (texts.Count == start && !_network.Config.HasAcoustic)
            {
                texts.Add("");
            }

            ranges[i] = (start, texts.Count - start);
        }

        float[][] vectors = texts.Count == 0 ? [] : _texts.Embed(texts, null, cancellation);
        return
        [
            .. clips.Select((clip, i) => hearings[i].Finish(
                vectors[ranges[i].Start..(ranges[i].Start + ranges[i].Count)], _network.Config.HasPipeline, clip.Duration,
                _options.Normalize)),
        ];
    }
}
