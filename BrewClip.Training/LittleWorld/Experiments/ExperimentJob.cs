namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>A piece of the experiment that is worked on and kept as a whole.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Seed">The seed of what is trained; 0 where nothing is.</param>
internal abstract record ExperimentJob(string Id, int Seed);

/// <summary>A model, trained where it has to be, measured on every corpus.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Method">What kind of model.</param>
/// <param name="TrainedOn">The corpus that it is trained on; null where nothing is trained.</param>
/// <param name="Seed">The training's seed.</param>
internal sealed record RetrievalJob(string Id, ExperimentMethod Method, string? TrainedOn, int Seed) : ExperimentJob(Id, Seed);

/// <summary>A model that lies beside the towers, as it is.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Folder">Its folder.</param>
internal sealed record GivenModelJob(string Id, string Name, string Folder) : ExperimentJob(Id, 0);

/// <summary>A probe of what vectors know about moods.</summary>
/// <param name="Id">Unique, and the name of its files.</param>
/// <param name="Probe">Which vectors, and how.</param>
/// <param name="Seed">The probe's seed, and that of the model that it looks into.</param>
internal sealed record MoodProbeJob(string Id, MoodProbeKind Probe, int Seed) : ExperimentJob(Id, Seed);
