using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Tests.LibTorch.Modules;

public class TrainingTests
{
    [Fact]
    public void A_two_layer_network_trains_as_it_would_with_TorchSharp()
    {
        manual_seed(1);
        using var net = nn.Sequential(("hidden", nn.Linear(2, 16)), ("relu", nn.ReLU()), ("out", nn.Linear(16, 1)));
        using var optimizer = optim.Adam(net.parameters(), lr: 0.05);
        using var x = rand(64, 2);
        using var y = (x[.., 0] * x[.., 1]).unsqueeze(1);
        double first = 0, last = 0;
        for (var step = 0; step < 100; step++)
        {
            using var scope = NewDisposeScope();
            var loss = F.mse_loss(net.call(x), y);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            last = loss.ToDouble();
            first = step == 0 ? last : first;
        }
        Assert.True(last < first / 20, $"The loss went from {first} to {last}.");
    }

    [Fact]
    public void A_thousand_steps_leave_no_tensor_behind()
    {
        using var net = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.GELU(), nn.Dropout(0.1), nn.Linear(8, 4));
        using var optimizer = optim.AdamW(net.parameters(), weight_decay: 0.01);
        using var x = ones(1, 3, 4);
        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var scope = NewDisposeScope();
                var hidden = net.call(x);
                var attended = F.scaled_dot_product_attention(hidden, hidden, hidden);
                F.normalize(attended, dim: -1).sum().backward();
                nn.utils.clip_grad_norm_(net.parameters(), 1);
                optimizer.step();
                optimizer.zero_grad();
            }
        }
        Steps(2);
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        Steps(1000);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Without_a_scope_only_what_is_handed_out_is_left()
    {
        using var net = nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 4));
        using var optimizer = optim.Adam(net.parameters());
        using var x = ones(2, 4);
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        for (var i = 0; i < 10; i++)
        {
            using var hidden = net.call(x);
            using var attended = F.scaled_dot_product_attention(hidden, hidden, hidden, is_casual: true);
            using var unit = F.normalize(attended);
            using var loss = unit.sum();
            loss.backward();
            nn.utils.clip_grad_norm_(net.parameters(), 1);
            optimizer.step();
            optimizer.zero_grad();
            net.zero_grad();
        }
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }
}
