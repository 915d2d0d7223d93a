using BrewClip.Models.Brew;
using Microsoft.Extensions.AI;

namespace BrewClip.Extensions.AI;

/// <summary>Texts as vectors in the space of speech and images.</summary>
/// <remarks>Thread-safe. The model is not disposed with it.</remarks>
public sealed class BrewClipTextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly GeneratorServices _services;

    /// <param name="model">The model.</param>
    /// <param name="modelId">What the embeddings call it; null to leave it out.</param>
    public BrewClipTextEmbeddingGenerator(BrewClipModel model, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _services = new GeneratorServices(model, modelId);
    }

    /// <summary>One embedding for each text, in their order, computed in batches on the thread pool.</summary>
    /// <exception cref="ArgumentException">A text is null, or the options ask for other dimensions or another model.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _services.Check(options);
        var vectors = await _services.Model.EncodeTextsAsync([.. values], null, cancellationToken).ConfigureAwait(false);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => _services.Embed(vector)));
    }

    /// <summary>The metadata, the <see cref="BrewClipModel"/>, or this generator.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) => _services.Find(this, serviceType, serviceKey);

    /// <summary>Does nothing: the model belongs to whoever made it.</summary>
    public void Dispose()
    {
    }
}
