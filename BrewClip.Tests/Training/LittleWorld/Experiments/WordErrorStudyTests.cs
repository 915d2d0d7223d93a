using BrewClip.Data;
using BrewClip.Training.Evaluation;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

public sealed class WordErrorStudyTests
{
    private const int Utterances = 4000;

    private static readonly ExperimentCorpus _corpus = new()
    {
        Name = "made up",
        CleanName = "made up",
        Captions = [.. Enumerable.Range(0, Utterances).Select(i => new SpokenImageCaption
        {
            Id = $"{i}",
            ImageId = $"image {i / 2}",
            ImagePath = "-",
            Caption = "a star",
        })],
        Twins = [("image 0", "image 1")],
    };

    private static readonly double[] _rates = [.. Enumerable.Range(0, Utterances).Select(i => i % 100 / 100.0)];

    [Fact]
    public void Curves_that_cross_are_found_to_cross_where_they_do()
    {
        var study = Study(Row(ExperimentMethod.Prompted, 1, 3, -8), Row(ExperimentMethod.Full, 1, 2, -3));
        Assert.InRange(study.Crossing!.Value, 0.15, 0.25);
        Assert.Equal(Utterances, study.Utterances.Sum());
        Assert.Equal(40, study.Utterances[0]);
        var prompted = study.Curves.Single(curve => curve.Method == ExperimentMethod.Prompted.Name);
        Assert.InRange(prompted.Slope!.Value, -8.8, -7.2);
        Assert.True(study.FullOverPipeline[1]!.Mean < 0 && study.FullOverPipeline[4]!.Low > 0);
    }

    [Fact]
    public void A_model_that_is_better_throughout_crosses_nothing()
    {
        var study = Study(Row(ExperimentMethod.Prompted, 1, 1, -3), Row(ExperimentMethod.Full, 1, 2, -3.2));
        Assert.Null(study.Crossing);
    }

    [Fact]
    public void Perfect_hits_have_no_curve_and_no_number_that_is_none()
    {
        var study = Study(Row(ExperimentMethod.Prompted, 1, 100, 0));
        var curve = Assert.Single(study.Curves);
        Assert.Null(curve.Slope);
        Assert.All(curve.Recalls, recall => Assert.Equal(1, recall!.Value));
        Assert.All(study.FullOverPipeline, Assert.Null);
    }

    [Fact]
    public void Seeds_are_joined_query_by_query()
    {
        var queries = new ExperimentQueries([_corpus], [Row(ExperimentMethod.Full, 1, 100, 0), Row(ExperimentMethod.Full, 2, -100, 0)]);
        var summary = Assert.Single(queries.Summaries());
        Assert.Equal((2, 0.5, 0.5), (summary.Seeds, summary.Recalls[0].SpeechToImage.Mean, summary.Recalls[0].SpeechToImage.High));
        Assert.Equal(Math.Sqrt(0.5), summary.Deviation, 9);
        Assert.Equal(1, summary.MoodPairs!.Mean);
        Assert.Null(queries.Difference((ExperimentMethod.Full.Name, "made up"), (ExperimentMethod.ZeroShot.Name, null), "made up"));
        Assert.Equal(0,
            queries.Difference((ExperimentMethod.Full.Name, "made up"), (ExperimentMethod.Full.Name, "made up"), "made up")!.Recall.High);
    }

    private static WordErrorStudy Study(params ExperimentRow[] rows) => WordErrorStudy.Compute(
        "made up", [_corpus], new Dictionary<string, ExperimentTranscripts> { ["made up"] = new(_rates, 0.5) },
            new ExperimentQueries([_corpus], rows));

    private static ExperimentRow Row(ExperimentMethod method, int seed, double intercept, double slope)
    {
        var random = DeterministicRandom.For((ulong)seed, method.Id);
        int[] ranks = [.. _rates.Select(rate => random.NextDouble() < 1 / (1 + Math.Exp(-intercept - slope * rate)) ? 0 : 20)];
        return new ExperimentRow
        {
            Id = $"{method.Id}-{seed}",
            Method = method.Name,
            TrainedOn = "made up",
            Seed = seed,
            Retrieval = [new RetrievalMeasurement("made up", PipelineText.Transcripts, ranks, new int[Utterances / 2], [1, 1, 1, 1])],
        };
    }
}
