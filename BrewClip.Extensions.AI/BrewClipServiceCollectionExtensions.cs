using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BrewClip.Extensions.AI;

/// <summary>Registers BrewClip with a container.</summary>
public static class BrewClipServiceCollectionExtensions
{
    /// <summary>
    /// Registers, as singletons, a <see cref="BrewClipModel"/> that is loaded when it is first needed, embedding generators for
    /// <see cref="DataContent"/> (speech and images) and for texts, the <see cref="Transcriber"/> over the model's Whisper, and an
    /// <see cref="ISpeechToTextClient"/>. The container disposes the model.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="nameOrFolder">A BrewCLIP checkpoint: a folder, or a name on the hub.</param>
    /// <param name="options">How to load and encode; the defaults when null.</param>
    public static IServiceCollection AddBrewClip(this IServiceCollection services, string nameOrFolder, BrewClipLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrFolder);
        return services.AddBrewClip(_ => BrewClipModel.Load(nameOrFolder, options), nameOrFolder);
    }

    /// <summary>
    /// As <see cref="AddBrewClip(IServiceCollection, string, BrewClipLoadOptions?)"/>, with a model that the caller makes.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="create">Makes the model; called once.</param>
    /// <param name="modelId">What embeddings and responses call the model; null to leave it out.</param>
    public static IServiceCollection AddBrewClip(
        this IServiceCollection services, Func<IServiceProvider, BrewClipModel> create, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        services.TryAddSingleton(create);
        services.TryAddSingleton(provider =>
        {
            var backbone = provider.GetRequiredService<BrewClipModel>().Backbone;
            return new Transcriber(backbone.Whisper, backbone.WhisperTokenizer);
        });
        services.TryAddSingleton<IEmbeddingGenerator<DataContent, Embedding<float>>>(
            provider => new BrewClipMediaEmbeddingGenerator(provider.GetRequiredService<BrewClipModel>(), modelId));
        services.TryAddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
            provider => new BrewClipTextEmbeddingGenerator(provider.GetRequiredService<BrewClipModel>(), modelId));
        services.TryAddSingleton<ISpeechToTextClient>(
            provider => new WhisperSpeechToTextClient(
                provider.GetRequiredService<Transcriber>(), provider.GetRequiredService<BrewClipModel>().Backbone.WhisperSource));
        return services;
    }
}
