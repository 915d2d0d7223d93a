using BrewClip.Models.Brew;

namespace BrewClip.Cli.Demo;

/// <summary>The default model, and whatever other variants lie beside it.</summary>
internal sealed class DemoModels : IDisposable
{
    private DemoModels(IReadOnlyList<BrewClipModel> variants) => Variants = variants;

    /// <summary>One model for each variant there is; the pipeline without training comes first and is always there.</summary>
    public IReadOnlyList<BrewClipModel> Variants { get; }

    /// <summary>The best variant there is: the default model's own, where it is trained.</summary>
    public BrewClipModel Best => Variants[^1];

    /// <summary>Loads them.</summary>
    /// <param name="container">The folder of the models; null for the one beside this program.</param>
    /// <param name="cancellation">Checked while weights are copied.</param>
    public static async Task<DemoModels> LoadAsync(string? container, CancellationToken cancellation)
    {
        string folder = container ?? DefaultModel.FindFolder();
        var byVariant = new SortedDictionary<BrewClipVariant, BrewClipModel>();
        foreach (string candidate in Directory.GetDirectories(folder, "brewclip-*").Order(StringComparer.Ordinal))
        {
            var variant = BrewClipConfig.Load(candidate).Variant;
            if (!byVariant.ContainsKey(variant))
            {
                byVariant.Add(variant, await BrewClipModel.LoadAsync(candidate, cancellation: cancellation).ConfigureAwait(false));
            }
        }

        if (byVariant.Count == 0)
        {
            throw new DirectoryNotFoundException($"'{folder}' holds no folder 'brewclip-…' with a model.");
        }

        if (!byVariant.ContainsKey(BrewClipVariant.PipelineZeroShot))
        {
            var backbone = byVariant.Values.First().Backbone;
            byVariant.Add(
                BrewClipVariant.PipelineZeroShot,
                await BrewClipModel.ComposeAsync(backbone.WhisperSource!, backbone.ClipSource!, cancellation: cancellation)
                    .ConfigureAwait(false));
        }

        return new DemoModels([.. byVariant.Values]);
    }

    public void Dispose()
    {
        foreach (var variant in Variants)
        {
            variant.Dispose();
        }
    }
}
