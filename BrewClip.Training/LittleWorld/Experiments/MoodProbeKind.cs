namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>What the mood probe looks at.</summary>
internal enum MoodFeatures
{
    /// <summary>Mean and deviation of the recording's log-mel bins: no model.</summary>
    LogMel,

    /// <summary>The mean of Whisper's frames.</summary>
    Frames,

    /// <summary>The embedding of a model that was trained on retrieval.</summary>
    Embedding,

    /// <summary>Whisper's frames, through an acoustic layer that is trained through.</summary>
    Layer,
}

/// <summary>A probe: which vectors of which model, and how they are read (paper, Table 3).</summary>
/// <param name="Id">Its name in rows' ids.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Features">What it looks at.</param>
/// <param name="Method">The kind of model that it looks into; null for none.</param>
internal sealed record MoodProbeKind(string Id, string Name, MoodFeatures Features, ExperimentMethod? Method)
{
    public static IReadOnlyList<MoodProbeKind> All { get; } =
    [
        new("mood-log-mel", "log-mel mean and deviation, linear", MoodFeatures.LogMel, null),
        new("mood-frames", "Whisper's frames, mean, linear", MoodFeatures.Frames, null),
        new("mood-prompted", "pipeline, prompted, linear", MoodFeatures.Embedding, ExperimentMethod.Prompted),
        new("mood-acoustic", "acoustic only, linear", MoodFeatures.Embedding, ExperimentMethod.AcousticOnly),
        new("mood-full", "full, linear", MoodFeatures.Embedding, ExperimentMethod.Full),
        new("mood-fresh-layer", "acoustic layer from nothing, trained through", MoodFeatures.Layer, null),
        new("mood-tuned-layer", "full's acoustic layer, fine-tuned", MoodFeatures.Layer, ExperimentMethod.Full),
    ];
}
