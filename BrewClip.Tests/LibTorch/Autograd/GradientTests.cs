using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Autograd;

/// <summary>Each operator's gradient against central differences in double precision.</summary>
public class GradientTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Operators = new()
    {
        ["abs"] = x => x.abs(),
        ["exp"] = x => x.exp(),
        ["log"] = x => x.abs().log(),
        ["sqrt"] = x => x.abs().sqrt(),
        ["rsqrt"] = x => x.abs().rsqrt(),
        ["sin"] = x => x.sin(),
        ["cos"] = x => x.cos(),
        ["tanh"] = x => x.tanh(),
        ["sigmoid"] = x => x.sigmoid(),
        ["erf"] = x => x.erf(),
        ["gelu"] = x => x.gelu(),
        ["silu"] = x => x.silu(),
        ["relu"] = x => x.relu(),
        ["clamp"] = x => x.clamp(-0.5, 0.5),
        ["pow"] = x => x.pow(3),
        ["square"] = x => x.square(),
        ["reciprocal"] = x => x.reciprocal(),
        ["neg"] = x => -x,
        ["+"] = x => x + x.t().reshape(3, 4),
        ["*"] = x => x * x.flip(1),
        ["/"] = x => x / (x.flip(0) + 5),
        ["scalar - x"] = x => 2 - x,
        ["scalar / x"] = x => 2 / x,
        ["addcmul"] = x => x.addcmul(x, x, 2),
        ["lerp"] = x => x.lerp(x * x, tensor(0.3, ScalarType.Float64)),
        ["where"] = x => where(x > 0, x * x, -x),
        ["maximum"] = x => maximum(x, x.flip(0) * 2),
        ["sum"] = x => x.sum(1),
        ["mean"] = x => x.mean([0], keepdim: true),
        ["prod"] = x => x.prod(1),
        ["max"] = x => x.max(1).values,
        ["amax"] = x => x.amax([0]),
        ["std"] = x => x.std(1),
        ["var"] = x => x.var([0L]),
        ["norm"] = x => x.norm(1),
        ["logsumexp"] = x => x.logsumexp(1),
        ["cumsum"] = x => x.cumsum(0),
        ["softmax"] = x => x.softmax(1),
        ["log_softmax"] = x => x.log_softmax(0),
        ["matmul"] = x => x.matmul(x.t()),
        ["mm"] = x => x.t().mm(x),
        ["bmm"] = x => x.reshape(2, 2, 3).bmm(x.reshape(2, 3, 2)),
        ["addmm"] = x => ones(3, 3, dtype: ScalarType.Float64).addmm(x, x.t(), 2, 3),
        ["einsum"] = x => einsum("ij,kj->ik", x, x),
        ["outer"] = x => x[0].outer(x[1]),
        ["cdist"] = x => cdist(x, x.flip(0) + 3),
        ["view"] = x => x.view(4, 3) * 2,
        ["permute"] = x => x.permute(1, 0) * arange(3, dtype: ScalarType.Float64),
        ["expand"] = x => x.unsqueeze(0).expand(2, 3, 4) * 3,
        ["repeat"] = x => x.repeat(2, 1),
        ["repeat_interleave"] = x => x.repeat_interleave(2, 1),
        ["narrow"] = x => x.narrow(1, 1, 2),
        ["slice"] = x => x[.., 1..3],
        ["mask"] = x => x[x > 0],
        ["index"] = x => x[TensorIndex.Tensor(tensor(new[] { 0L, 0, 2 }))],
        ["gather"] = x => x.gather(1, tensor(new[,] { { 0L, 0 }, { 3, 1 }, { 2, 2 } })),
        ["index_select"] = x => x.index_select(0, tensor(new[] { 1L, 1 })),
        ["scatter_add"] = x =>
            zeros(3, 4, dtype: ScalarType.Float64).scatter_add(1, tensor(new[,] { { 0L, 0, 1, 2 }, { 1, 2, 1, 1 }, { 3, 3, 3, 3 } }), x),
        ["index_add"] = x => x.index_add(0, tensor(new[] { 0L }), x.narrow(0, 2, 1), 2),
        ["masked_fill"] = x => x.masked_fill(x < 0, 0) * x,
        ["cat"] = x => cat([x, x * 2], 1),
        ["stack"] = x => stack([x, x.sin()]),
        ["split"] = x => x.split([1, 3], 1)[1] * x.split([1, 3], 1)[0],
        ["chunk"] = x => x.chunk(2, 1)[0],
        ["unbind"] = x => x.unbind()[1],
        ["flip"] = x => x.flip(0) * arange(4, dtype: ScalarType.Float64),
        ["roll"] = x => x.roll(1, 1) * x,
        ["tril"] = x => x.tril(),
        ["diagonal"] = x => x.diagonal(),
        ["unfold"] = x => x.unfold(1, 2, 1),
        ["topk"] = x => x.topk(2, 1).values,
        ["sort"] = x => x.sort(1).Values * arange(4, dtype: ScalarType.Float64),
        ["clone"] = x => x.clone(),
        ["to"] = x => x.to(ScalarType.Float64, copy: true),
        ["in place"] = x => x.clone().add_(1).mul_(x),
        ["index_put_"] = x => x.clone().index_put_(x[0], TensorIndex.Single(1)),
        ["stft"] = x => x.reshape(12).stft(4, 2, window: hann_window(4, dtype: ScalarType.Float64)),
        ["rfft"] = x => fft.rfft(x).view_as_real(),
        ["vector_norm"] = x => linalg.vector_norm(x, dims: [1]),
    };

    public static TheoryData<string> Names => [.. Operators.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_agrees_with_differences(string name)
    {
        using var scope = NewDisposeScope();
        var apply = Operators[name];
        using var generator = new Generator(17);
        var x = randn([3, 4], ScalarType.Float64, generator: generator);
        x = (x + x.sign() * 0.2).detach().requires_grad_();
        var weights = Weights(apply(x).shape, generator);
        (apply(x) * weights).sum().backward();
        double[] gradient = x.grad!.data<double>().ToArray();

        using var quiet = no_grad();
        var moved = x.detach().clone();
        var elements = moved.view(-1);
        for (int i = 0; i < gradient.Length; i++)
        {
            const double Step = 1e-6;
            double Loss(double by)
            {
                using var around = NewDisposeScope();
                elements[i] = elements[i] + by;
                return (apply(moved) * weights).sum().ToDouble();
            }

            double above = Loss(Step), below = Loss(-2 * Step);
            Loss(Step);
            double difference = (above - below) / (2 * Step);
            Assert.True(
                Math.Abs(difference - gradient[i]) < 1e-5 * (1 + Math.Abs(difference)), $"Element {i}: {gradient[i]}, not {difference}.");
        }
    }

    private static Tensor Weights(long[] shape, Generator generator) => randn(shape, ScalarType.Float64, generator: generator);
}
