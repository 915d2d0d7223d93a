using System.Globalization;
using System.Text;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>The experiment's report in Markdown: shares in percent, 95 % intervals in brackets, means over seeds.</summary>
public static class ExperimentTables
{
    /// <summary>All tables for which there are rows.</summary>
    public static string ToMarkdown(ExperimentReport report)
    {
        var text = new StringBuilder();
        AppendCorpora(text, report);
        AppendGoals(text, report);
        AppendVariants(text, report);
        AppendTexts(text, report);
        AppendMoodProbes(text, report);
        AppendTransfer(text, report);
        AppendWordErrors(text, report);
        AppendMoodPairs(text, report);
        AppendDifferences(text, report);
        return text.ToString();
    }

    private static void AppendCorpora(StringBuilder text, ExperimentReport report)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"{report.Rows} rows in {report.Seconds / 60:0} minutes; trainings of {report.Steps} steps.\n\n");
        Table(text, "corpus | images | utterances | mood pairs | left out | WER", report.Corpora.Select(corpus => string.Create(
            CultureInfo.InvariantCulture,
            $"{corpus.Name} | {corpus.Images} | {corpus.Utterances} | {corpus.Twins} | {corpus.LeftOut} "
            + $"| {Percent(corpus.WordErrorRate)}")));
    }

    private static void AppendGoals(StringBuilder text, ExperimentReport report)
    {
        if (report.Goals.Count > 0)
        {
            text.Append("### What it was to show\n\n");
            Table(text, "expected | measured | met", report.Goals
                .Select(goal => $"{goal.Expected} | {goal.Measured} | {(goal.IsMet ? "yes" : "no")}"));
        }
    }

    private static void AppendVariants(StringBuilder text, ExperimentReport report)
    {
        text.Append("### Table 1: variants, each trained on the corpus that it is tested on\n\n");
        Table(
            text, "corpus | model | speech to image R@1 | R@5 | R@10 | image to speech R@1 | R@5 | R@10 | ± over seeds",
            from corpus in report.Corpora
            from row in report.Retrieval
            where row.Corpus == corpus.Name && IsOwn(row, corpus)
            where row.Text is null or PipelineText.Transcripts
            select $"{row.Corpus} | {row.Method} | {Recalls(row)} | {(row.Seeds > 1 ? Percent(row.Deviation) : "")}");
    }

    private static void AppendTexts(StringBuilder text, ExperimentReport report)
    {
        text.Append("### Table 2: transcripts against what was said, R@1\n\n");
        Table(
            text, "corpus | WER | model | speech to image, transcripts | captions | image to speech, transcripts | captions",
            from corpus in report.Corpora
            from row in report.Retrieval
            where row.Corpus == corpus.Name && IsOwn(row, corpus) && row.Text == PipelineText.Transcripts
            let other = report.Retrieval.First(item => item.Corpus == row.Corpus && item.Method == row.Method
                && item.TrainedOn == row.TrainedOn
                && item.Text == PipelineText.GroundTruth)
            select $"{row.Corpus} | {Percent(corpus.WordErrorRate)} | {row.Method} | {At1(row).Forward} | {At1(other).Forward} "
                + $"| {At1(row).Backward} | {At1(other).Backward}");
    }

    private static void AppendMoodProbes(StringBuilder text, ExperimentReport report)
    {
        if (report.Moods.Count > 0)
        {
            text.Append("### Table 3: moods recognised, by voices not trained on (four moods: chance is 25)\n\n");
            Table(text, "vectors | accuracy, over speakers | ± over seeds", MoodProbeKind.All
                .Select(kind => report.Moods.FirstOrDefault(mood => mood.Probe == kind.Name)).OfType<MoodSummary>()
                .Select(mood => $"{mood.Probe} | {ExperimentGoal.Interval(mood.Accuracy)} | {Percent(mood.Deviation)}"));
        }
    }

    private static void AppendTransfer(StringBuilder text, ExperimentReport report)
    {
        if (report.TrainedOn.Count > 1)
        {
            text.Append("### Table 4: trained on one corpus, tested on another\n\n");
            Table(
                text, "model | trained on | tested on | speech to image R@1 | R@5 | R@10 | image to speech R@1 | R@5 | R@10",
                from method in ExperimentMethod.Variants
                from row in report.Retrieval
                where row.Method == method.Name && report.Corpora.Any(corpus => corpus.Name == row.Corpus && corpus.CleanName == row.Corpus)
                where row.Text is null or PipelineText.Transcripts
                select $"{row.Method} | {row.TrainedOn} | {row.Corpus} | {Recalls(row)}");
        }
    }

    private static void AppendWordErrors(StringBuilder text, ExperimentReport report)
    {
        foreach (var study in report.WordErrors.Where(study => study.Curves.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"### Word errors against recall: {study.Corpus}{(study.Rates.Count > 1 ? " with its noisy copies" : "")}\n\n");
            string utterances = string.Join(" | ", study.Utterances);
            string difference = string.Join(" | ", study.FullOverPipeline
                .Select(value => value is null ? "" : ExperimentGoal.Interval(value)));
            Table(
                text,
                $"R@1 where the word error rate is | {string.Join(" | ", WordErrorStudy.Bins)} "
                + "| slope of the log-odds | R@1 without errors | at WER 50 %",
                [
                    $"utterances | {utterances} | | | ",
                    .. study.Curves.Select(curve =>
                        $"{curve.Method} | {string.Join(" | ", curve.Recalls.Select(Percent))} | {Slope(curve)} "
                        + $"| {Percent(At(curve, 0))} | {Percent(At(curve, 0.5))}"),
                    $"full less prompted | {difference} | | | ",
                ]);
            if (study.Crossing is double crossing)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"The fitted curves of full and prompted cross at a word error rate of {Percent(crossing)} %.\n\n");
            }
        }
    }

    private static void AppendMoodPairs(StringBuilder text, ExperimentReport report)
    {
        text.Append("### Mood pairs: nearer to the own picture than to its twin (chance is 50)\n\n");
        Table(
            text, "corpus | model | trained on | right",
            from row in report.Retrieval
            where row is { MoodPairs: not null, Text: null or PipelineText.Transcripts }
            where report.Corpora.Any(corpus => corpus.Name == row.Corpus && corpus.CleanName == row.Corpus)
            orderby row.Corpus, row.Method, row.TrainedOn
            select $"{row.Corpus} | {row.Method} | {row.TrainedOn} | {ExperimentGoal.Interval(row.MoodPairs!)}");
    }

    private static void AppendDifferences(StringBuilder text, ExperimentReport report)
    {
        if (report.Differences.Count > 0)
        {
            text.Append("### Compared on the same utterances: R@1 from speech to image, in points\n\n");
            Table(text, "corpus | this | less that | difference", report.Differences.Select(item =>
                $"{item.Corpus} | {item.Better} | {item.Worse} | {ExperimentGoal.Interval(item.Recall)}"));
        }
    }

    private static bool IsOwn(ExperimentSummary row, TestedCorpus corpus) => row.TrainedOn is null || row.TrainedOn == corpus.CleanName;

    private static string Recalls(ExperimentSummary row) => string.Join(" | ",
    [
        ExperimentGoal.Interval(row.Recalls[0].SpeechToImage), .. row.Recalls.Skip(1).Select(recall => Percent(recall.SpeechToImage.Mean)),
        ExperimentGoal.Interval(row.Recalls[0].ImageToSpeech), .. row.Recalls.Skip(1).Select(recall => Percent(recall.ImageToSpeech.Mean)),
    ]);

    private static (string Forward, string Backward) At1(ExperimentSummary row) =>
        (ExperimentGoal.Interval(row.Recalls[0].SpeechToImage), ExperimentGoal.Interval(row.Recalls[0].ImageToSpeech));

    private static double? At(WordErrorCurve curve, double rate) =>
        1 / (1 + Math.Exp(-(curve.Intercept + curve.Slope * rate) ?? double.NaN));

    private static string Slope(WordErrorCurve curve) =>
        curve.Slope is double slope ? string.Create(CultureInfo.InvariantCulture, $"{slope:0.00} ± {curve.SlopeError:0.00}") : "";

    private static string Percent(double? share) => share is double value && double.IsFinite(value) ? ExperimentGoal.Percent(value) : "";

    private static void Table(StringBuilder text, string head, IEnumerable<string> rows)
    {
        string[] lines = [.. rows];
        if (lines.Length == 0)
        {
            text.Append("Nothing measured yet.\n\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"| {head} |\n|");
        text.Insert(text.Length, " --- |", head.Split('|').Length).Append('\n');
        foreach (string line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {line} |\n");
        }

        text.Append('\n');
    }
}
