using BrewClip.Data;
using BrewClip.Training.Evaluation;
using BrewClip.Training.LittleWorld;

namespace BrewClip.Training.Recipes;

/// <summary>A BrewCLIP that is trained, or composed, or trained by another recipe, and tested on retrieval: Tables 1, 2, 4 and 5.</summary>
public sealed record RetrievalRecipe : Recipe
{
    /// <summary>The data set that is trained on by <see cref="LittleWorldTraining"/>, between models that it trained before.</summary>
    public const string LittleWorld = "littleworld";

    /// <summary>The model.</summary>
    public required RecipeModel Model { get; init; }

    /// <summary>The data set to train on, by the name that <see cref="SpeechDatasets"/> knows; null where nothing is trained.</summary>
    public string? TrainOn { get; init; }

    /// <summary>The recipe whose trained model is tested; null for this recipe's own.</summary>
    public string? TrainedBy { get; init; }

    /// <summary>How it is trained; null where nothing is.</summary>
    public RecipeTraining? Training { get; init; }

    /// <summary>The data sets to test on.</summary>
    public required IReadOnlyList<string> TestOn { get; init; }

    /// <summary>The split to test on; null for each data set's own: test, or development where it defines no test (LN-COCO).</summary>
    public DatasetSplit? TestSplit { get; init; }

    /// <summary>What the pipeline channel reads at the test. Default: transcripts.</summary>
    public PipelineText Text { get; init; } = PipelineText.Transcripts;

    /// <summary>The recipe whose run holds the model to test: this one, or the one that is named; null where nothing is trained.</summary>
    public string? ModelOf => TrainOn is null ? TrainedBy : Name;

    /// <summary>The split of a data set that is tested on.</summary>
    internal DatasetSplit SplitOf(ISpeechDataset<Utterance> dataset) =>
        TestSplit ?? (dataset.Splits.Contains(DatasetSplit.Test) ? DatasetSplit.Test : DatasetSplit.Development);

    private protected override string? Fault() => this switch
    {
        { TestOn.Count: 0 } => "test_on names no data set",
        { TrainOn: not null, Training: null } => "train_on names a data set, but training is missing",
        { TrainOn: null, Training: not null } => "training is there, but train_on is missing",
        { TrainOn: not null, TrainedBy: not null } =>
            "both train_on and trained_by are there: a model is trained here or by another recipe",
        { TrainOn: not null } when !Model.ToConfig().HasTrainedPart =>
            "train_on names a data set, and a zero-shot pipeline has nothing to train",
        { Training.TwinsTogether: true, TrainOn: not LittleWorld } => "twins_together is there, and only littleworld has twins",
        _ => TestOn.Append(TrainOn).FirstOrDefault(name => name is not null && !SpeechDatasets.Names.Contains(name)) is { } unknown
            ? $"'{unknown}' is no data set: there are {string.Join(", ", SpeechDatasets.Names)}"
            : null,
    };

    private protected override void ValidateParts()
    {
        Model.ToConfig().Validate($"the recipe '{Name}'");
        Training?.Validate(Name);
    }
}
