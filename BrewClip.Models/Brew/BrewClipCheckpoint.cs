using BrewClip.Core.Checkpoints;
using BrewClip.Models.Loading;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>The trained part in a folder: <c>model.safetensors</c> under the names of the network's state dictionary.</summary>
internal static class BrewClipCheckpoint
{
    // Less than this is not worth a look at the file.
    private const long Harmless = 1 << 24;

    /// <summary>Compares what a config asks for with what the file holds, before a network of that size is made.</summary>
    /// <exception cref="InvalidDataException">The config asks for far more parameters than there are.</exception>
    public static void RequireRoom(BrewClipConfig config, BrewClipBackbone backbone, string folder)
    {
        long width = config.PromptLink == PromptLink.Shared ? backbone.Clip.Config.Text.HiddenSize : backbone.Whisper.Config.Width;
        long asked = config.HasAcoustic ? 2 * width * config.AcousticFeedForward * config.AcousticLayers : 0;
        if (asked <= Harmless || !File.Exists(Path.Combine(folder, SafetensorsFile.SingleFileName)))
        {
            return;
        }

        using var file = SafetensorsFile.Open(folder);
        long stored = file.Tensors.Values.Sum(tensor => tensor.ElementCount);
        if (asked > 2 * stored)
        {
            throw new InvalidDataException(
                $"'{Path.Combine(folder, "config.json")}' asks for {config.AcousticLayers} acoustic layers of {config.AcousticFeedForward} "
                + $"within, {asked} parameters, "
                + $"and '{file.Path}' holds {stored} in all: they do not belong together.");
        }
    }

    /// <summary>Fills a network; a zero-shot pipeline, which trains nothing, may have no file.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no weights, and the model has a trained part.</exception>
    /// <exception cref="CheckpointMismatchException">Names or shapes are not those of the config.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds a weight that is not finite.</exception>
    public static void Fill(BrewClipNetwork network, string folder, ModelLoadingOptions options, CancellationToken cancellation)
    {
        bool stored = File.Exists(Path.Combine(folder, SafetensorsFile.SingleFileName));
        if (!stored && !network.Config.HasTrainedPart)
        {
            return;
        }

        if (!stored)
        {
            throw new FileNotFoundException(
                $"'{folder}' holds no {SafetensorsFile.SingleFileName}, which a '{network.Config.Variant}' model needs: only a zero-shot "
                + "pipeline has nothing trained.",
                Path.Combine(folder, SafetensorsFile.SingleFileName));
        }

        using var scope = NewDisposeScope();
        var state = network.state_dict();
        using var reader = new CheckpointReader(folder, options with { Type = ScalarType.Float32 });
        var expected = state.Select(item => new ExpectedParameter(item.Key, item.Value.shape));
        var plan = CheckpointPlan.Create(reader.File, new TrainedNames(), expected, [], options.AllowUnexpected);
        reader.Fill(plan, state, cancellation);
    }

    /// <summary>Writes the weights, then the config that makes the folder a checkpoint.</summary>
    public static void Save(BrewClipNetwork network, BrewClipConfig config, string folder)
    {
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            Path.Combine(folder, SafetensorsFile.SingleFileName),
            network.state_dict().OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => TensorData.FromFloat32(item.Key, item.Value.shape, Values(item.Value))));
        config.Save(folder);
    }

    private static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    private sealed class TrainedNames : CheckpointNames
    {
        public override IEnumerable<StoredParameter> Translate(TensorInfo tensor) => [StoredParameter.Whole(tensor.Name, tensor)];
    }
}
