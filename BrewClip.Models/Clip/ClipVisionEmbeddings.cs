using BrewClip.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Clip;

/// <summary>Pixels to a sequence: the class embedding, then every patch as a vector, each with its position's embedding added.</summary>
internal sealed class ClipVisionEmbeddings : nn.Module<Tensor, Tensor>
{
    private const int Channels = 3;

    private readonly Parameter class_embedding;
    private readonly PatchEmbedding patch_embedding;
    private readonly EmbeddingTable position_embedding;
    private readonly ClipVisionConfig _config;

    public ClipVisionEmbeddings(ClipVisionConfig config, ParameterOptions options)
        : base(nameof(ClipVisionEmbeddings))
    {
        _config = config;
        class_embedding = options.Allocate(config.HiddenSize);
        patch_embedding = new PatchEmbedding(Channels, config.PatchSize, config.HiddenSize, options);
        position_embedding = new EmbeddingTable(config.Positions, config.HiddenSize, options);
        RegisterComponents();
    }

    public ScalarType Type => class_embedding.dtype;

    public Device Device => class_embedding.device;

    public override Tensor forward(Tensor pixels) => Embed(pixels, interpolatePositions: false);

    /// <summary>[N, 3, height, width] to [N, 1 + patches, width of the tower].</summary>
    public Tensor Embed(Tensor pixels, bool interpolatePositions)
    {
        Check(pixels, interpolatePositions);
        using var scope = NewDisposeScope();
        var shape = pixels.shape;
        var patches = patch_embedding.forward(pixels.to(Type, Device));
        var classes = class_embedding.expand(shape[0], 1, _config.HiddenSize);
        var positions = Positions(shape[2] / _config.PatchSize, shape[3] / _config.PatchSize);
        return (cat([classes, patches], 1) + positions).MoveToOuterDisposeScope();
    }

    private Tensor Positions(long rows, long columns)
    {
        int grid = _config.GridSize;
        if (rows == grid && columns == grid)
        {
            return position_embedding.Table.unsqueeze(0);
        }

        // The class embedding's position has no place in the grid and stays as it is.
        var table = position_embedding.Rows(1, grid * grid).to(ScalarType.Float32)
            .view(1, grid, grid, _config.HiddenSize)
            .permute(0, 3, 1, 2);
        var resized = F.interpolate(table, [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false)
            .permute(0, 2, 3, 1)
            .reshape(rows * columns, _config.HiddenSize)
            .to(Type);
        return cat([position_embedding.Rows(0, 1), resized], 0).unsqueeze(0);
    }

    private void Check(Tensor pixels, bool interpolatePositions)
    {
        var shape = pixels.shape;
        if (shape.Length != 4 || shape[1] != Channels || shape[0] == 0)
        {
            throw new ArgumentException(
                $"Pixels are [{string.Join(", ", shape)}]: [images, 3, height, width] is expected.", nameof(pixels));
        }

        bool fits = shape[2] == _config.ImageSize && shape[3] == _config.ImageSize;
        if (!fits && !interpolatePositions)
        {
            throw new ArgumentException(
                $"The images are {shape[3]}×{shape[2]} and this model's are {_config.ImageSize}×{_config.ImageSize}: "
                + "resize them, or ask for interpolated positions.", nameof(pixels));
        }

        if (!fits && (shape[2] % _config.PatchSize != 0 || shape[3] % _config.PatchSize != 0 || shape[2] == 0 || shape[3] == 0))
        {
            throw new ArgumentException(
                $"The images are {shape[3]}×{shape[2]}: each side must be a multiple of the patch of {_config.PatchSize} pixels.",
                nameof(pixels));
        }
    }
}
