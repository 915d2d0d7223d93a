using System.Text.Json;

namespace BrewClip.Data.Caches;

/// <summary>Whose results a cache holds. Another identity has another file, so that nothing stale is ever read.</summary>
/// <param name="Kind">What is cached, such as <c>transcripts</c>.</param>
/// <param name="Model">The model, by its content: <see cref="ContentHash.OfModel"/>.</param>
/// <param name="Options">Every option that the results depend on, as text.</param>
public sealed record CacheIdentity(string Kind, string Model, string Options)
{
    internal string Json => JsonSerializer.Serialize((string[])[Kind, Model, Options]);

    /// <summary>The name of the cache's file in its folder.</summary>
    public string FileName => $"{Kind}-{ContentHash.OfText(Json)[..24]}.cache";
}
