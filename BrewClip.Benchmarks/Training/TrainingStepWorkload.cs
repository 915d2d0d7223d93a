namespace BrewClip.Benchmarks.Training;

/// <summary>One step of BrewCLIP's training over cached features.</summary>
internal sealed class TrainingStepWorkload : Workload
{
    private readonly ScratchFolder _folder = new();
    private readonly TrainingStep _step;
    private readonly int _batch;

    /// <param name="batch">Utterances of a step.</param>
    public TrainingStepWorkload(int batch = 64)
    {
        _batch = batch;
        try
        {
            _step = new TrainingStep(_folder.Path, batch);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public override int Items => _batch;

    public override void Run() => _step.Run();

    public override IReadOnlyList<string> PeerArguments(string folder) => [$"{_batch}"];

    public override void Dispose()
    {
        _step.Dispose();
        _folder.Dispose();
    }
}
