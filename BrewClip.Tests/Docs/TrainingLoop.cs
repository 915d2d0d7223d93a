using BrewClip.Data.Loading;
using BrewClip.Models.Clip;
using BrewClip.Training;
using BrewClip.Training.Losses;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Docs;

/// <summary>The loop of docs/training.md, as it stands there between the two marks.</summary>
internal static class TrainingLoop
{
    public static double Train(ClipModel model, ImageTextSource source, int steps)
    {
        // <loop>
        var parameters = TrainableParameters.Of(model);
        var schedule = new WarmupLinearDecay { PeakRate = 5e-3, WarmupSteps = 10, TotalSteps = steps };
        var loss = new ContrastiveLoss(DuplicatePolicy.Masked);
        using var optimizer = new AdamOptions { Kind = AdamKind.AdamW, WeightDecay = 0.01 }.Create(parameters, schedule.RateAt(0));
        using var loader = new BatchLoader<ImageTextExample>(source, new BatchLoaderOptions { BatchSize = 8, Seed = 1 });
        double value = 0;
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = loader.Next().Examples;
            optimizer.ZeroGradients();

            // Two halves, and the gradients of the whole: FeatureCachingBackward embeds each half twice.
            var halves = new[] { batch.Take(batch.Count / 2).ToList(), batch.Skip(batch.Count / 2).ToList() };
            var result = FeatureCachingBackward.Run(
                halves,
                half =>
                [
                    model.Vision.forward(ExampleTensors.Pixels([.. half.Select(example => example.Pixels)], source.Processor.Config, CPU)),
                    model.Text.forward(ExampleTensors.Tokens(half, example => example.Tokens, padding: 0)),
                    tensor(half.Select(example => example.Image).ToArray()),
                ],
                features => loss.Compute(features[0], features[1], features[2], model.LogLogitScale));

            optimizer.ClipGradients(1.0);
            optimizer.Step(schedule.RateAt(step));
            value = result.item<float>();
        }

        model.Save("my-clip");
        // </loop>
        return value;
    }
}
