using System.Runtime.CompilerServices;
using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Text;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Transcription;
using Microsoft.Extensions.AI;
using TranscriptionOptions = BrewClip.Models.Whisper.Transcription.TranscriptionOptions;

namespace BrewClip.Extensions.AI;

/// <summary>Speech to text by Whisper.</summary>
/// <remarks>
/// Thread-safe. <see cref="SpeechToTextOptions.SpeechLanguage"/> is the language that is spoken (detected when null);
/// <see cref="SpeechToTextOptions.TextLanguage"/> may be the same, or English, into which Whisper translates. A
/// <see cref="SpeechToTextOptions.RawRepresentationFactory"/> that gives <see cref="TranscriptionOptions"/> decides everything else. The
/// <see cref="Transcript"/> itself is the response's raw representation.
/// </remarks>
public sealed class WhisperSpeechToTextClient : ISpeechToTextClient
{
    private readonly Transcriber _transcriber;
    private readonly TranscriptionOptions _defaults;
    private readonly string? _modelId;
    private readonly IDisposable? _owned;

    /// <param name="transcriber">The recogniser; its model is not disposed with this client.</param>
    /// <param name="modelId">What responses call the model; null to leave it out.</param>
    /// <param name="defaults">How to transcribe where a request does not say; openai/whisper's defaults when null.</param>
    public WhisperSpeechToTextClient(Transcriber transcriber, string? modelId = null, TranscriptionOptions? defaults = null)
        : this(transcriber, modelId, defaults, null)
    {
    }

    private WhisperSpeechToTextClient(Transcriber transcriber, string? modelId, TranscriptionOptions? defaults, IDisposable? owned)
    {
        ArgumentNullException.ThrowIfNull(transcriber);
        (_transcriber, _modelId, _defaults, _owned) = (transcriber, modelId, defaults ?? new TranscriptionOptions(), owned);
        Metadata = new SpeechToTextClientMetadata(GeneratorServices.Provider, null, modelId);
    }

    /// <summary>Who this client is.</summary>
    public SpeechToTextClientMetadata Metadata { get; }

    /// <summary>Loads a Whisper that belongs to the client: disposing the client frees it.</summary>
    /// <param name="nameOrFolder">A folder of the hub's layout, or a name on the hub such as <c>openai/whisper-base</c>.</param>
    /// <param name="options">Element type and device; float32 on the CPU when null.</param>
    /// <param name="defaults">How to transcribe where a request does not say; openai/whisper's defaults when null.</param>
    /// <param name="cancellationToken">Checked while files arrive and weights are copied.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or the tokenizer is another model's.</exception>
    /// <exception cref="HubException">The model cannot be had from the hub.</exception>
    public static async Task<WhisperSpeechToTextClient> LoadAsync(
        string nameOrFolder,
        ModelLoadingOptions? options = null,
        TranscriptionOptions? defaults = null,
        CancellationToken cancellationToken = default)
    {
        string folder = await new HuggingFaceHub().ResolveAsync(nameOrFolder, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Task.Run(Load, cancellationToken).ConfigureAwait(false);

        WhisperSpeechToTextClient Load()
        {
            var tokenizer = WhisperTokenizer.Load(folder, WhisperConfig.Load(folder).VocabularySize);
            var model = WhisperModel.Load(folder, options, cancellationToken);
            return new WhisperSpeechToTextClient(new Transcriber(model, tokenizer), nameOrFolder, defaults, model);
        }
    }

    /// <summary>All that is said in a recording.</summary>
    /// <param name="audioSpeechStream">A recording in any container that <see cref="AudioClip"/> reads; left open.</param>
    /// <param name="options">What is spoken and what is wanted.</param>
    /// <param name="cancellationToken">Checked at every token.</param>
    /// <exception cref="ArgumentException">The options ask for what Whisper does not do.</exception>
    /// <exception cref="InvalidDataException">The stream holds no sound that can be decoded.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var transcription = Read(options);
        var clip = await LoadAsync(audioSpeechStream, cancellationToken).ConfigureAwait(false);
        var transcript = await Task.Run(() => _transcriber.Transcribe(clip, transcription, null, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return new SpeechToTextResponse(transcript.Text.Trim())
        {
            StartTime = TimeSpan.Zero,
            EndTime = transcript.Duration,
            ModelId = _modelId,
            RawRepresentation = transcript,
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                ["language"] = transcript.Language,
                ["outcome"] = transcript.Outcome.ToString(),
            },
        };
    }

    /// <summary>The segments of a recording as they are done; their texts, one after the other, are the whole.</summary>
    /// <inheritdoc cref="GetTextAsync" path="/param|/exception"/>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var transcription = Read(options);
        var clip = await LoadAsync(audioSpeechStream, cancellationToken).ConfigureAwait(false);
        string response = Guid.NewGuid().ToString("N");
        yield return Boundary(SpeechToTextResponseUpdateKind.SessionOpen, response);
        await foreach (var segment in _transcriber.StreamAsync(clip, transcription, cancellationToken).ConfigureAwait(false))
        {
            yield return new SpeechToTextResponseUpdate(segment.Text)
            {
                Kind = SpeechToTextResponseUpdateKind.TextUpdated,
                StartTime = TimeSpan.FromSeconds(segment.Start),
                EndTime = TimeSpan.FromSeconds(segment.End),
                ModelId = _modelId,
                ResponseId = response,
                RawRepresentation = segment,
            };
        }

        yield return Boundary(SpeechToTextResponseUpdateKind.SessionClose, response);
    }

    /// <summary>The metadata, the <see cref="Transcriber"/>, or this client.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(SpeechToTextClientMetadata) ? Metadata
            : serviceType == typeof(Transcriber) ? _transcriber
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>
    /// Frees the model that <see cref="LoadAsync(string, ModelLoadingOptions?, TranscriptionOptions?, CancellationToken)"/> loaded; one
    /// that was handed over stays.
    /// </summary>
    public void Dispose() => _owned?.Dispose();

    private SpeechToTextResponseUpdate Boundary(SpeechToTextResponseUpdateKind kind, string response) =>
        new() { Kind = kind, ModelId = _modelId, ResponseId = response };

    private static Task<AudioClip> LoadAsync(Stream stream, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Task.Run(() => AudioClip.Load(stream), cancellation);
    }

    private TranscriptionOptions Read(SpeechToTextOptions? options)
    {
        if (options?.RawRepresentationFactory?.Invoke(this) is TranscriptionOptions given)
        {
            return given;
        }

        if (options?.ModelId is { } asked && _modelId is not null && asked != _modelId)
        {
            throw new ArgumentException(
                $"The model '{asked}' is asked for and this is '{_modelId}': leave ModelId out, or register that model.", nameof(options));
        }

        string? spoken = Code(options?.SpeechLanguage) ?? _defaults.Decoding.Language, written = Code(options?.TextLanguage);
        bool translates = written is not null && written != spoken;
        if (translates && written != "en")
        {
            throw new ArgumentException(
                $"Text in '{written}' is asked for: Whisper writes the language that is spoken, or translates into English.",
                nameof(options));
        }

        // Spoken in whatever language: translating English leaves it English.
        var task = translates ? WhisperTask.Translate : written is null ? _defaults.Decoding.Task : WhisperTask.Transcribe;
        return _defaults with { Decoding = _defaults.Decoding with { Language = spoken, Task = task } };
    }

    // "en-US" speaks English.
    private static string? Code(string? tag) => string.IsNullOrWhiteSpace(tag)
        ? null
        : WhisperLanguages.CodeOf(tag) ?? WhisperLanguages.CodeOf(tag.Split('-', '_')[0])
            ?? throw new ArgumentException(
                $"'{tag}' is not one of Whisper's {WhisperLanguages.Codes.Count} languages: give a code such as 'en'.", nameof(tag));
}
