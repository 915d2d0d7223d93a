using System.Numerics.Tensors;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Models.Brew;

/// <summary>What the windows of one utterance gave, gathered until it becomes a <see cref="SpeechEmbedding"/>.</summary>
internal sealed class UtteranceHearing
{
    private readonly List<(float[] Vector, double Seconds)> _acoustic = [];
    private readonly List<(string Text, double Seconds)> _texts = [];
    private double _logProbability, _spokenSeconds, _noSpeech, _heardSeconds;
    private bool _given;
    private string? _language, _failure;

    /// <summary>What was said, window by window, and how much sound each text stands for.</summary>
    public IReadOnlyList<(string Text, double Seconds)> Texts => _texts;

    /// <summary>Whether a window was decoded and its text believed.</summary>
    public bool HasHeardSpeech { get; private set; }

    public void AddAcoustic(float[] vector, double seconds) => _acoustic.Add((vector, seconds));

    public void AddGiven(string transcript)
    {
        _given = true;
        if (!string.IsNullOrWhiteSpace(transcript))
        {
            _texts.Add((transcript.Trim(), 1));
        }
    }

    public void AddSilence(double seconds) => AddNoSpeech(1, seconds);

    public void AddFailure(string reason) => _failure = reason;

    /// <param name="result">What a window was decoded to.</param>
    /// <param name="isSpeech">Whether its text is believed.</param>
    /// <param name="seconds">Sound in the window.</param>
    public void AddDecoded(DecodingResult result, bool isSpeech, double seconds)
    {
        AddNoSpeech(result.NoSpeechProbability, seconds);
        _language ??= result.Language;
        HasHeardSpeech |= isSpeech;
        if (isSpeech)
        {
            AddText(result.Text, result.AverageLogProbability, seconds);
        }
    }

    public void AddTranscript(Transcript transcript)
    {
        _language = transcript.Language;
        foreach (var segment in transcript.Segments)
        {
            // A segment may be an instant; it was heard all the same.
            double seconds = Math.Max(segment.End - segment.Start, 0.01);
            AddNoSpeech(segment.NoSpeechProbability, seconds);
            AddText(segment.Text, segment.AverageLogProbability, seconds);
        }

        // One text: its windows were not heard apart, and the policy for long texts cuts it where clauses end.
        _texts.Clear();
        if (!string.IsNullOrWhiteSpace(transcript.Text))
        {
            _texts.Add((transcript.Text.Trim(), 1));
        }
        else if (transcript.Segments.Count == 0)
        {
            AddNoSpeech(1, transcript.Duration.TotalSeconds);
        }
    }

    /// <param name="textVectors">
    /// The vectors of <see cref="Texts"/>; that of the empty text where they are none and there is no other channel.
    /// </param>
    /// <param name="hasPipeline">Whether the model has a pipeline channel.</param>
    /// <param name="duration">How long the utterance is.</param>
    /// <param name="normalize">Whether the vector is brought to length 1.</param>
    /// <exception cref="NotFiniteNumberException">A channel's numbers are not finite.</exception>
    public SpeechEmbedding Finish(IReadOnlyList<float[]> textVectors, bool hasPipeline, TimeSpan duration, bool normalize)
    {
        float[]? text = textVectors.Count == 0 ? null
            : VectorPool.Average(textVectors, [.. _texts.Select(item => item.Seconds)]);
        float[]? acoustic = _acoustic.Count == 0 ? null
            : VectorPool.Average([.. _acoustic.Select(item => item.Vector)], [.. _acoustic.Select(item => item.Seconds)]);
        float[] fused = Fuse(text, acoustic);
        return new SpeechEmbedding
        {
            Vector = normalize ? VectorPool.Normalize(fused) : fused,
            Status = Status(hasPipeline),
            Transcript = string.Join(' ', _texts.Select(item => item.Text)),
            Language = _language,
            Confidence = _spokenSeconds > 0 ? Math.Exp(_logProbability / _spokenSeconds) : null,
            NoSpeechProbability = _heardSeconds > 0 ? _noSpeech / _heardSeconds : null,
            TextVector = _texts.Count == 0 ? null : Memory(text),
            AcousticVector = Memory(acoustic),
            Duration = duration,
            Failure = _failure,
        };
    }

    private SpeechStatus Status(bool hasPipeline) => this switch
    {
        _ when !hasPipeline => SpeechStatus.NotTranscribed,
        { _texts.Count: > 0, _given: true } => SpeechStatus.Given,
        { _texts.Count: > 0 } => SpeechStatus.Transcribed,
        { _failure: not null } => SpeechStatus.NotTranscribable,
        _ => SpeechStatus.NoSpeech,
    };

    private void AddNoSpeech(double probability, double seconds)
    {
        _noSpeech += probability * seconds;
        _heardSeconds += seconds;
    }

    private void AddText(string text, double logProbability, double seconds)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _texts.Add((text.Trim(), seconds));
            _logProbability += logProbability * seconds;
            _spokenSeconds += seconds;
        }
    }

    // A null array would become an empty memory by itself.
    private static ReadOnlyMemory<float>? Memory(float[]? vector) => vector is null ? (ReadOnlyMemory<float>?)null : vector.AsMemory();

    private static float[] Fuse(float[]? text, float[]? acoustic)
    {
        float[] fused = text is null ? acoustic! : [.. text];
        if (text is not null && acoustic is not null)
        {
            TensorPrimitives.Add<float>(text, acoustic, fused);
        }

        foreach (float value in fused)
        {
            if (!float.IsFinite(value))
            {
                throw new NotFiniteNumberException(
                    "The utterance's embedding is not made of finite numbers: the model's weights, or its element type, do not fit this "
                    + "sound.");
            }
        }

        return fused;
    }
}
