using BrewClip.Core.Audio;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.Loading;
using BrewClip.Models.Whisper;

namespace BrewClip.Training.Tasks;

/// <summary>One recording with its transcript.</summary>
/// <param name="Mel">The log-mel window, [mel bins, mel frames of the model], row-major.</param>
/// <param name="Frames">How many of the window's frames hold sound; the rest is padding.</param>
/// <param name="Tokens">Start sequence, text, end of text.</param>
/// <param name="Text">The transcript as the data set has it.</param>
public sealed record SpeechTextExample(float[] Mel, int Frames, int[] Tokens, string Text);

/// <summary>What becomes of a recording on its way to Whisper's training.</summary>
public sealed record SpeechTextSourceOptions
{
    /// <summary>Masks of the spectrogram; null, the default, for none.</summary>
    public SpecAugment? SpecAugment { get; init; }

    /// <summary>
    /// By how much a speaker's frequencies are stretched or squeezed at most, as a share of them, 0 to below 1. Default 0. Few speakers
    /// become many by it (<see cref="FrequencyWarp"/>).
    /// </summary>
    public double FrequencyWarp { get; init; }

    /// <summary>
    /// The share of examples, 0 to 1, whose window is filled up with zeros after the sound, as the transcription of long recordings fills
    /// its last window; the others end in the spectrogram of silence. Default 0.
    /// </summary>
    public double ZeroPaddingShare { get; init; }

    /// <summary>
    /// The share of examples, 0 to 1, whose transcript stands between timestamps of the recording's begin and end. Default 0.
    /// </summary>
    public double TimestampShare { get; init; }

    /// <summary>The language of a multilingual model's start sequence; null for English.</summary>
    public string? Language { get; init; }
}

/// <summary>
/// Recordings with their transcripts, from any data set. Those longer than the model's window cannot be loaded, and say so.
/// </summary>
/// <remarks>Safe for concurrent loading.</remarks>
public sealed class SpeechTextSource : IExampleSource<SpeechTextExample>
{
    private const double SecondsPerTimestamp = 0.02;

    private readonly IReadOnlyList<Utterance> _utterances;
    private readonly WhisperConfig _config;
    private readonly SpeechTextSourceOptions _options;
    private readonly LogMelSpectrogram _spectrogram;

    /// <summary>Makes a source; nothing is opened yet.</summary>
    /// <param name="utterances">The records. Those without text or recording are left out.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="config">The model's mel bins, window and text positions.</param>
    /// <param name="options">Augmentation and start sequence.</param>
    /// <exception cref="ArgumentException">The tokenizer has more tokens than the model.</exception>
    public SpeechTextSource(
        IEnumerable<Utterance> utterances, WhisperTokenizer tokenizer, WhisperConfig config, SpeechTextSourceOptions? options = null)
    {
        if (tokenizer.VocabularySize > config.VocabularySize)
        {
            throw new ArgumentException(
                $"The tokenizer has {tokenizer.VocabularySize} tokens and the model {config.VocabularySize}: they are not of one model.",
                nameof(tokenizer));
        }

        _utterances = [.. utterances.Where(utterance => !string.IsNullOrWhiteSpace(utterance.Caption) && utterance.AudioPath is not null)];
        if (options?.FrequencyWarp is { } warp and not (>= 0 and < 1))
        {
            throw new ArgumentException($"The warp of frequencies is {warp}: it lies in [0, 1).", nameof(options));
        }

        (Tokenizer, _config, _options) = (tokenizer, config, options ?? new SpeechTextSourceOptions());
        _spectrogram = new LogMelSpectrogram(config.MelBins);
    }

    /// <summary>The model's tokenizer.</summary>
    public WhisperTokenizer Tokenizer { get; }

    /// <summary>The ids that open a transcript without timestamps.</summary>
    public int[] StartSequence => Tokenizer.StartSequence(_options.Language, timestamps: false);

    /// <inheritdoc/>
    public int Count => _utterances.Count;

    /// <inheritdoc/>
    public string NameOf(int index) => _utterances[index].Id;

    /// <inheritdoc/>
    public string GroupOf(int index) => _utterances[index] is SpokenImageCaption caption ? caption.ImageId : _utterances[index].Id;

    /// <inheritdoc/>
    public long LengthOf(int index) => _utterances[index].Caption!.Length;

    /// <inheritdoc/>
    public SpeechTextExample Load(int index, DeterministicRandom random)
    {
        var utterance = _utterances[index];
        var clip = AudioClip.Load(utterance.AudioPath!).Resample(LogMelSpectrogram.SampleRate);
        int window = _config.MelFrames * LogMelSpectrogram.HopLength;
        if (clip.Samples.Length > window)
        {
            throw new InvalidDataException(
                $"'{utterance.AudioPath}' lasts {clip.Duration.TotalSeconds:F2} s, longer than the model's window of "
                + $"{(double)window / LogMelSpectrogram.SampleRate:F2} s.");
        }

        int[] tokens = Tokens(utterance, clip.Duration, random);
        var mel = new float[_config.MelBins * _config.MelFrames];
        _spectrogram.Compute(clip.Samples.Span, window - clip.Samples.Length, mel);
        int frames = Math.Min(_config.MelFrames, _spectrogram.FrameCount(clip.Samples.Length) + 1);
        Augment(mel, frames, random);
        if (random.Chance(_options.ZeroPaddingShare))
        {
            ClearPadding(mel, frames);
        }

        return new SpeechTextExample(mel, frames, tokens, utterance.Caption!);
    }

    // Masks fall on the sound; on padding they would be wasted.
    private void Augment(float[] mel, int frames, DeterministicRandom random)
    {
        if (_options.FrequencyWarp > 0)
        {
            double factor = random.Between(1 - _options.FrequencyWarp, 1 + _options.FrequencyWarp);
            FrequencyWarp.Apply(mel, _config.MelBins, _config.MelFrames, frames, factor);
        }

        if (_options.SpecAugment is not { } masks)
        {
            return;
        }

        var sound = new float[_config.MelBins * frames];
        for (int bin = 0; bin < _config.MelBins; bin++)
        {
            mel.AsSpan(bin * _config.MelFrames, frames).CopyTo(sound.AsSpan(bin * frames));
        }

        masks.Apply(sound, _config.MelBins, frames, new Random((int)random.NextBits()));
        for (int bin = 0; bin < _config.MelBins; bin++)
        {
            sound.AsSpan(bin * frames, frames).CopyTo(mel.AsSpan(bin * _config.MelFrames));
        }
    }

    private void ClearPadding(float[] mel, int frames)
    {
        for (int bin = 0; bin < _config.MelBins; bin++)
        {
            mel.AsSpan(bin * _config.MelFrames + frames, _config.MelFrames - frames).Clear();
        }
    }

    // Whisper's text begins with a space, as every word of its vocabulary does.
    private int[] Tokens(Utterance utterance, TimeSpan duration, DeterministicRandom random)
    {
        bool timestamps = random.Chance(_options.TimestampShare);
        int[] text = Tokenizer.Encode(" " + utterance.Caption!.Trim());
        int end = Tokenizer.TimestampBegin + (int)Math.Round(duration.TotalSeconds / SecondsPerTimestamp);
        int[] tokens = timestamps
            ? [.. Tokenizer.StartSequence(_options.Language), Tokenizer.TimestampBegin, .. text, end, Tokenizer.EndOfText]
            : [.. StartSequence, .. text, Tokenizer.EndOfText];
        return tokens.Length <= _config.TextPositions
            ? tokens
            : throw new InvalidDataException(
                $"The transcript of '{utterance.Id}' takes {tokens.Length} tokens, more than the model's {_config.TextPositions}.");
    }
}
