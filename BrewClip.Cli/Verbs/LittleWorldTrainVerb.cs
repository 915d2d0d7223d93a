using System.CommandLine;
using BrewClip.Cli.Terminal;
using BrewClip.Models.Brew;
using BrewClip.Training.LittleWorld;
using BrewClip.Training.Logging;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip littleworld train</c></summary>
internal static class LittleWorldTrainVerb
{
    private enum Stage
    {
        Clip,
        Whisper,
        BrewClip,
        Prompted,
        Acoustic,
    }

    public static Command Create()
    {
        var data = new Option<string[]>("--data")
        {
            Description = "A corpus of 'littleworld generate'; more than one are mixed, and the first is evaluated on.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var recordings = new Option<string[]>("--recordings")
        {
            Description = "Shuffled corpora, which the whisper stage listens to besides.",
            AllowMultipleArgumentsPerToken = true,
        };
        var folder = new Option<string>("--out")
        {
            Description = "The run's folder; each stage goes on from its checkpoint there.",
            Required = true,
        };
        var stage = new Option<Stage>("--stage")
        {
            Description = "What to train: clip and whisper first; then brewclip (both channels), prompted and acoustic, over the two.",
            Required = true,
        };
        var minutes = TimeLimit.Option("Stop after so many minutes, checkpoint saved; the same command goes on.");
        var steps = new Option<int?>("--steps") { Description = "Steps of the stage; left out for the recipe's own number." };
        var seed = new Option<int?>("--seed") { Description = "Decides weights and order; left out for the recipe's own." };
        var train = new Command("train", "Trains the small models on Little World from nothing, with checkpoints to go on from.")
        {
            data, recordings, folder, stage, minutes, steps, seed,
        };
        train.SetAction((parsed, cancellation) =>
        {
            var options = new LittleWorldTrainingOptions
            {
                Data = parsed.GetRequiredValue(data),
                Recordings = parsed.GetValue(recordings) ?? [],
                Folder = parsed.GetRequiredValue(folder),
                Steps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
            };
            using var limit = new TimeLimit(parsed.GetValue(minutes), cancellation);
            try
            {
                var training = new LittleWorldTraining(options, new ConsoleProgress());
                var outcome = Train(training, parsed.GetValue(stage), limit.Token);
                return Task.FromResult(outcome.Reason == StopReason.Cancelled && !limit.IsUp ? ExitCode.Failed : ExitCode.Done);
            }
            catch (OperationCanceledException) when (limit.IsUp)
            {
                Output.Message("The time is up before the first step: the same command goes on.");
                return Task.FromResult(ExitCode.Done);
            }
        });
        return train;
    }

    private static TrainingOutcome Train(LittleWorldTraining training, Stage stage, CancellationToken cancellation)
    {
        var progress = new DirectProgress<string>(Output.Message);
        return stage switch
        {
            Stage.Clip => training.TrainClip(cancellation),
            Stage.Whisper => training.TrainWhisper(cancellation),
            Stage.BrewClip => training.TrainBrewClip(BrewClipVariant.Full, progress, cancellation),
            Stage.Prompted => training.TrainBrewClip(BrewClipVariant.PipelinePrompted, progress, cancellation),
            _ => training.TrainBrewClip(BrewClipVariant.AcousticOnly, progress, cancellation),
        };
    }
}
