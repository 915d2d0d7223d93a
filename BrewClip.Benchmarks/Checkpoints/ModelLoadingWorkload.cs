using BrewClip.Models.Clip;

namespace BrewClip.Benchmarks.Checkpoints;

/// <summary>CLIP from its folder, as a program loads it: names, shapes and every value checked.</summary>
internal sealed class ModelLoadingWorkload : Workload
{
    private readonly ScratchFolder _folder = new();

    /// <param name="preset">Such as <c>clip-vit-base-patch32</c>, of 605 MB.</param>
    public ModelLoadingWorkload(string preset)
    {
        try
        {
            using var model = PublishedSize.Clip(preset);
            model.Save(_folder.Path);
            Bytes = 4.0 * model.named_parameters().Sum(item => item.parameter.numel());
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public override double Bytes { get; }

    public override void Run() => ClipModel.Load(_folder.Path).Dispose();

    public override void Dispose() => _folder.Dispose();
}
