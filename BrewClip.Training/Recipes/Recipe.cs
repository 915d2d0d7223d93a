using BrewClip.Data;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.Recipes;

/// <summary>One experiment: which model is trained on what and how, and what it is tested on. <see cref="RecipeFile"/> reads it.</summary>
public sealed record Recipe
{
    /// <summary>The experiment's name, such as <c>table1-flickr8k-full</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The table of the paper that it belongs to, 1 to 5; null for others.</summary>
    public int? Table { get; init; }

    /// <summary>The row's name in the paper, by which <see cref="PaperFigures"/> finds its figures; null for others.</summary>
    public string? Method { get; init; }

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

    /// <summary>Checks that the values describe an experiment.</summary>
    /// <exception cref="InvalidDataException">One does not; the message names it.</exception>
    public void Validate()
    {
        string? wrong = this switch
        {
            { Name: "" } => "name is empty",
            { TestOn.Count: 0 } => "test_on names no data set",
            { TrainOn: not null, Training: null } => "train_on names a data set, but training is missing",
            { TrainOn: null, Training: not null } => "training is there, but train_on is missing",
            { TrainOn: not null, TrainedBy: not null } => "both train_on and trained_by are there: a model is trained here or by another recipe",
            { Table: < 1 or > 5 } => $"table is {Table}, and the paper has five",
            _ => TestOn.Append(TrainOn).FirstOrDefault(name => name is not null && !SpeechDatasets.Names.Contains(name)) is { } unknown
                ? $"'{unknown}' is no data set: there are {string.Join(", ", SpeechDatasets.Names)}"
                : null,
        };
        if (wrong is not null)
        {
            throw new InvalidDataException($"The recipe '{Name}' describes no experiment: {wrong}.");
        }

        Model.ToConfig().Validate($"the recipe '{Name}'");
        Training?.Validate(Name);
    }
}
