using BrewClip.Models.Clip;
using BrewClip.Models.Layers;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>A network that is compared between devices, and what it is asked.</summary>
/// <param name="Name">In words.</param>
/// <param name="Create">Makes it with unfilled parameters.</param>
/// <param name="Run">Its result on inputs of formula, made on the CPU and moved.</param>
internal sealed record ParityPart(string Name, Func<ParameterOptions, nn.Module> Create, Func<nn.Module, Device, Tensor> Run);

/// <summary>The networks of BrewCLIP at the published sizes that a CPU can follow.</summary>
internal static class ParityParts
{
    public static IReadOnlyList<ParityPart> All { get; } =
    [
        new("Whisper tiny, encoder", options => Whisper(options), (model, device) => ((WhisperModel)model).Encoder.Encode(Mel(device))),
        new("Whisper tiny, three steps", options => Whisper(options), Steps),
        new("CLIP B/32, image", options => Clip(options),
            (model, device) => ((ClipModel)model).Vision.Encode(Values(device, 2, 3, 224, 224))),
        new("CLIP B/32, text", options => Clip(options), (model, _) => ((ClipModel)model).Text.Encode(Texts((ClipModel)model))),
    ];

    private static WhisperModel Whisper(ParameterOptions options) =>
        new(ModelPresets.Whisper("whisper-tiny"), new WhisperGenerationConfig(), options);

    private static ClipModel Clip(ParameterOptions options) => new(ModelPresets.Clip("clip-vit-base-patch32"), options);

    private static Tensor Mel(Device device) => Values(device, 1, 80, 3000);

    private static Tensor Steps(nn.Module network, Device device)
    {
        var model = (WhisperModel)network;
        using var cache = model.Decoder.CreateCache(model.Encoder.Encode(Mel(device)), 4);
        var scores = model.Decoder.Decode(tensor(new long[] { 50258, 50259 }, [1, 2]), cache);
        return cat([scores, model.Decoder.Decode(tensor(new long[] { 11 }, [1, 1]), cache)], 1);
    }

    private static Tensor Texts(ClipModel model)
    {
        var config = model.Config.Text;
        long[] tokens = [config.VocabularySize - 2, 320, 1929, 5, config.VocabularySize - 1];
        return tensor(tokens, [1, tokens.Length]);
    }

    private static Tensor Values(Device device, params long[] shape) =>
        tensor(RandomValues.Floats((int)shape.Aggregate(1L, (product, size) => product * size)), shape).to(device);
}
