using BrewClip.Models.Brew;
using Microsoft.Extensions.AI;

namespace BrewClip.Extensions.AI;

/// <summary>What both embedding generators answer to questions about themselves.</summary>
internal sealed class GeneratorServices(BrewClipModel model, string? modelId)
{
    public const string Provider = "brewclip";

    public BrewClipModel Model { get; } = model;

    public EmbeddingGeneratorMetadata Metadata { get; } = new(Provider, null, modelId, model.Dimensions);

    public object? Find(object generator, Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType == typeof(BrewClipModel) ? Model
            : serviceType.IsInstanceOfType(generator) ? generator
            : null;
    }

    /// <exception cref="ArgumentException">The options ask for what this model is not.</exception>
    public void Check(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is { } dimensions && dimensions != Model.Dimensions)
        {
            throw new ArgumentException(
                $"{dimensions} dimensions are asked for and this model's vectors have {Model.Dimensions}: leave Dimensions out.",
                nameof(options));
        }

        if (options?.ModelId is { } asked && modelId is not null && asked != modelId)
        {
            throw new ArgumentException(
                $"The model '{asked}' is asked for and this is '{modelId}': leave ModelId out, or register that model.", nameof(options));
        }
    }

    public Embedding<float> Embed(ReadOnlyMemory<float> vector) => new(vector) { ModelId = modelId, CreatedAt = DateTimeOffset.UtcNow };
}
