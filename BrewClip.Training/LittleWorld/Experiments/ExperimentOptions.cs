namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>What <see cref="LittleWorldExperiment"/> measures, with what and where to.</summary>
public sealed record ExperimentOptions
{
    /// <summary>
    /// The folder of the models: <c>clip-nano</c> and <c>whisper-nano</c>, the frozen towers, and whatever <c>brewclip-…</c> lies beside
    /// them.
    /// A run of <c>littleworld train</c> is such a folder too.
    /// </summary>
    public required string Models { get; init; }

    /// <summary>Where results go, and what a run that was stopped goes on from.</summary>
    public required string Folder { get; init; }

    /// <summary>Corpora whose test splits are measured.</summary>
    public required IReadOnlyList<CorpusFolder> TestOn { get; init; }

    /// <summary>
    /// Corpora whose training splits are trained on, the first being the one of the comparisons between readings and of the mood probe.
    /// Scenes that occur in any of them are left out of the tests. Without any only what needs no training is measured.
    /// </summary>
    public IReadOnlyList<CorpusFolder> TrainOn { get; init; } = [];

    /// <summary>The folder of frames and transcripts, which a training run's own may be; null for one in <see cref="Folder"/>.</summary>
    public string? Caches { get; init; }

    /// <summary>Only rows whose id contains one of these are worked on; none for all.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>How often the trained part is trained, with the seeds 1, 2, …. Default 3.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Steps of each training. Default 500.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Captions of each test image, 1 to 5. Default 5.</summary>
    public int TestCaptions { get; init; } = 5;

    /// <summary>Captions of each training image, 1 to 5. Default 2, as the recipe of <c>brewclip-nano</c> has it.</summary>
    public int TrainingCaptions { get; init; } = 2;

    /// <summary>
    /// Signal-to-noise ratios in dB at which the test recordings are measured once more with white noise, so that there are bad
    /// transcripts to
    /// look at. Default: none.
    /// </summary>
    public IReadOnlyList<double> Noise { get; init; } = [];

    internal string CacheFolder => Caches ?? Path.Combine(Folder, "caches");

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        string? wrong = this switch
        {
            { TestOn.Count: 0 } => "no corpus to test on is given",
            { Seeds: < 1 or > 100 } => $"{Seeds} seeds are asked for: give 1 to 100",
            { Steps: < 1 } => $"{Steps} steps are asked for: give at least 1",
            { TestCaptions: < 1 or > 5 } or { TrainingCaptions: < 1 or > 5 } =>
                $"{TestCaptions} captions of each test image and {TrainingCaptions} of each training image are asked for: there are 1 to 5",
            _ when Noise.Any(decibels => !double.IsFinite(decibels) || Math.Abs(decibels) > 100) =>
                $"noise at {string.Join(", ", Noise)} dB is asked for: give -100 to 100",
            _ when Twice(Noise.Select(decibels => ExperimentCorpus.NoisyName("a corpus", decibels))) is { } name =>
                $"noise is asked for twice: two corpora would be called '{name}'",
            _ when Twice(TestOn.Select(corpus => corpus.Name)) is { } name => $"two corpora to test on are called '{name}'",
            _ when Twice(TrainOn.Select(corpus => corpus.Name)) is { } name => $"two corpora to train on are called '{name}'",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ArgumentException($"The experiment cannot be run: {wrong}.");
        }

        foreach (var corpus in TestOn.Concat(TrainOn))
        {
            corpus.Validate();
        }
    }

    private static string? Twice(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
}
