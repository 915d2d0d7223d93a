using BrewClip.Models.Clip;

namespace BrewClip.Models.Loading;

/// <summary>CLIP, or either of its encoders alone, from a folder.</summary>
internal static class ClipLoader
{
    public static ClipModel Load(string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        var config = ClipConfig.Load(folder);
        return ModelLoader.Load(
            folder,
            options,
            new ClipNames(),
            ClipParameters.All(config),
            [],
            placement => new ClipModel(config, placement),
            model => model.state_dict(),
            cancellation: cancellation);
    }

    public static ClipVisionEncoder LoadVision(string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        var config = ClipConfig.Load(folder);
        return ModelLoader.Load(
            folder,
            options,
            new ClipNames(),
            ClipParameters.Vision(config),
            [.. ClipParameters.Text(config), new ExpectedParameter(ClipParameters.LogitScale, [])],
            placement => new ClipVisionEncoder(config, placement),
            encoder => encoder.state_dict(),
            cancellation: cancellation);
    }

    public static ClipTextEncoder LoadText(string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        var config = ClipConfig.Load(folder);
        return ModelLoader.Load(
            folder,
            options,
            new ClipNames(),
            ClipParameters.Text(config),
            [.. ClipParameters.Vision(config), new ExpectedParameter(ClipParameters.LogitScale, [])],
            placement => new ClipTextEncoder(config, placement),
            encoder => encoder.state_dict(),
            cancellation: cancellation);
    }
}
