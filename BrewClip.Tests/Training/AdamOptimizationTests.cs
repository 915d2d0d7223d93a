using BrewClip.Tests.Support;
using BrewClip.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training;

[Collection(RandomStateCollection.Name)]
public sealed class AdamOptimizationTests
{
    // As the inner temperature of a model with one channel: it learns, and no loss ever reads it.
    [Fact]
    public void A_first_parameter_that_never_has_a_gradient_does_not_make_a_resumed_run_forget_its_steps()
    {
        using var folder = new TemporaryFolder();
        string path = folder["checkpoint.safetensors"];
        float[] expected;
        using (var undisturbed = new Run())
        {
            undisturbed.Step(3);
            Assert.Equal(3, undisturbed.Optimizer.StepCount);
            TrainingCheckpoint.Save(path, undisturbed.Optimizer, new TrainingProgress { Step = 3 }, "run");
            undisturbed.Step(1);
            expected = undisturbed.Weights();
        }

        using var resumed = new Run();
        Assert.Equal(3, TrainingCheckpoint.Load(path, resumed.Optimizer, "run").Step);
        resumed.Step(1);
        Assert.Equal(expected, resumed.Weights());
    }

    private sealed class Run : IDisposable
    {
        private readonly Parameter _idle = new(zeros(2)), _weight = new(tensor(new float[] { 1, -2, 3 }));

        public Run() => Optimizer = new AdamOptions().Create([("idle", _idle), ("weight", _weight)], 0.1);

        public AdamOptimization Optimizer { get; }

        public void Step(int times)
        {
            for (int i = 0; i < times; i++)
            {
                using var scope = NewDisposeScope();
                Optimizer.ZeroGradients();
                _weight.pow(2).sum().backward();
                Optimizer.Step(0.1);
            }
        }

        public float[] Weights() => _weight.detach().data<float>().ToArray();

        public void Dispose()
        {
            Optimizer.Dispose();
            _idle.Dispose();
            _weight.Dispose();
        }
    }
}
