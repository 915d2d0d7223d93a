namespace BrewClip.Benchmarks.Training;

/// <summary>One step of BrewCLIP's training over cached features.</summary>
internal sealed class TrainingStepWorkload : Workload
{
    private readonly string _folder = Directory.CreateTempSubdirectory("brewclip-training-").FullName;
    private readonly TrainingStep _step;
    private readonly int _batch;

    /// <param name="batch">Utterances of a step.</param>
    public TrainingStepWorkload(int batch = 64)
    {
        _batch = batch;
        _step = new TrainingStep(_folder, batch);
    }

    public override int Items => _batch;

    public override void Run() => _step.Run();

    public override IReadOnlyList<string> PeerArguments(string folder) => [$"{_batch}"];

    public override void Dispose()
    {
        _step.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
