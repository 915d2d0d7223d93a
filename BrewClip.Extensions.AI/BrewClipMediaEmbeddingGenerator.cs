using System.Globalization;
using System.Runtime.InteropServices;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using Microsoft.Extensions.AI;

namespace BrewClip.Extensions.AI;

/// <summary>
/// Recordings of speech and images as vectors of one space, told apart by their media types (<c>audio/…</c>, <c>image/…</c>).
/// </summary>
/// <remarks>
/// Thread-safe. The model is not disposed with it. The embedding of a recording carries what was heard in
/// <see cref="Embedding.AdditionalProperties"/>: <c>transcript</c>, <c>status</c>, and where known <c>language</c>, <c>confidence</c> and
/// <c>no_speech_prob</c>.
/// </remarks>
public sealed class BrewClipMediaEmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly GeneratorServices _services;

    /// <param name="model">The model.</param>
    /// <param name="modelId">What the embeddings call it; null to leave it out.</param>
    public BrewClipMediaEmbeddingGenerator(BrewClipModel model, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _services = new GeneratorServices(model, modelId);
    }

    /// <summary>One embedding for each content, in their order, recordings and images each in batches of their own.</summary>
    /// <exception cref="ArgumentException">A content is neither audio nor an image, or the options ask for other dimensions or another
    /// model.</exception>
    /// <exception cref="InvalidDataException">A content cannot be decoded.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _services.Check(options);
        DataContent[] contents = [.. values];
        return Task.Run(() => Generate(contents, cancellationToken), cancellationToken);
    }

    /// <summary>The metadata, the <see cref="BrewClipModel"/>, or this generator.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) => _services.Find(this, serviceType, serviceKey);

    /// <summary>Does nothing: the model belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(DataContent[] contents, CancellationToken cancellation)
    {
        var clips = new List<(int Index, AudioClip Clip)>();
        var images = new List<(int Index, RgbImage Image)>();
        for (int i = 0; i < contents.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = contents[i]?.Name ?? string.Create(CultureInfo.InvariantCulture, $"content {i}");
            if (contents[i]?.HasTopLevelMediaType("audio") == true)
            {
                clips.Add((i, AudioClip.Load(Open(contents[i].Data), name)));
            }
            else if (contents[i]?.HasTopLevelMediaType("image") == true)
            {
                images.Add((i, RgbImage.Decode(contents[i].Data.Span, name)));
            }
            else
            {
                throw new ArgumentException(
                    $"'{name}' is of the type '{contents[i]?.MediaType}': audio/… and image/… can be embedded.", nameof(contents));
            }
        }

        var embeddings = new Embedding<float>[contents.Length];
        var speech = _services.Model.EncodeSpeech([.. clips.Select(item => item.Clip)], null, null, cancellation);
        foreach (var ((index, _), utterance) in clips.Zip(speech))
        {
            embeddings[index] = Describe(utterance);
        }

        var pictures = _services.Model.EncodeImages([.. images.Select(item => item.Image)], null, cancellation);
        foreach (var ((index, _), vector) in images.Zip(pictures))
        {
            embeddings[index] = _services.Embed(vector);
        }

        return new GeneratedEmbeddings<Embedding<float>>(embeddings);
    }

    private Embedding<float> Describe(SpeechEmbedding speech)
    {
        var embedding = _services.Embed(speech.Vector);
        embedding.AdditionalProperties = new AdditionalPropertiesDictionary
        {
            ["transcript"] = speech.Transcript,
            ["status"] = speech.Status.ToString(),
        };
        foreach (var (name, value) in ((string, object?)[])
            [("language", speech.Language), ("confidence", speech.Confidence), ("no_speech_prob", speech.NoSpeechProbability)])
        {
            if (value is not null)
            {
                embedding.AdditionalProperties[name] = value;
            }
        }

        return embedding;
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> data) => MemoryMarshal.TryGetArray(data, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(data.ToArray(), writable: false);
}
