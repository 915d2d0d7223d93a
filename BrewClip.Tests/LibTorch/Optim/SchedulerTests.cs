using BrewClip.Tests.LibTorch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Optim;

public class SchedulerTests
{
    private static double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> schedule, int steps)
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = optim.SGD([parameter], 0.1);
        var scheduler = schedule(optimizer);
        var rates = new List<double> { optimizer.ParamGroups.First().LearningRate };
        for (var i = 0; i < steps; i++)
        {
            scheduler.step();
            rates.Add(optimizer.ParamGroups.First().LearningRate);
            Assert.Equal(rates[^1], scheduler.get_last_lr().First());
        }
        return [.. rates];
    }

    [Fact]
    public void LambdaLR_sets_the_rate_at_construction_and_at_each_step() =>
        Numbers.Close([0.1, 0.2, 0.3, 0.4], Rates(optimizer => optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch + 1), 3), 1e-12);

    [Fact]
    public void LinearLR_goes_in_equal_steps_and_stays() =>
        Numbers.Close(
            [0.05, 0.0625, 0.075, 0.0875, 0.1, 0.1],
            Rates(optimizer => optim.lr_scheduler.LinearLR(optimizer, 0.5, total_iters: 4), 5), 1e-12);

    [Fact]
    public void CosineAnnealingLR_goes_down_half_a_cosine_and_up_again()
    {
        double[] expected = [.. Enumerable.Range(0, 9).Select(epoch => 0.01 + (0.09 * (1 + Math.Cos(Math.PI * epoch / 4)) / 2))];
        Numbers.Close(expected, Rates(optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, 4, 0.01), 8), 1e-9);
    }

    [Fact]
    public void A_given_epoch_is_reached_by_the_closed_form()
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = optim.SGD([parameter], 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, 0.5, total_iters: 4);
        scheduler.step(3);
        Assert.Equal(0.0875, optimizer.ParamGroups.First().LearningRate, 1e-12);
    }

    [Fact]
    public void Each_group_keeps_its_own_initial_rate()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.Adam(
            [new Adam.ParamGroup([nn.Parameter(zeros(1))], lr: 1), new Adam.ParamGroup([nn.Parameter(zeros(1))], lr: 2)]);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch));
        scheduler.step();
        Assert.Equal([0.5, 1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([1, 2], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
    }
}
