using BrewClip.Tests.LibTorch.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace BrewClip.Tests.LibTorch.Functional;

public class LossTests
{
    private const int Rows = 5, Classes = 4;
    private static readonly long[] Targets = [3, 0, -1, 2, 1];

    private static double[][] LogProbabilities(double[] logits) => [.. logits.Chunk(Classes).Select(row =>
    {
        var total = Math.Log(row.Sum(Math.Exp));
        return row.Select(value => value - total).ToArray();
    })];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Cross_entropy_leaves_ignored_rows_out_and_smooths_labels(double smoothing)
    {
        using var scope = NewDisposeScope();
        var logits = Numbers.Doubles(1, Rows, Classes);
        var log = LogProbabilities(Numbers.Of(logits));
        double[] each =
            [.. Targets.Select((target, row) => target < 0 ? 0 : -((1 - smoothing) * log[row][target]) - (smoothing * log[row].Average()))];
        Tensor Loss(Reduction reduction) =>
            F.cross_entropy(logits, tensor(Targets), ignore_index: -1, reduction: reduction, label_smoothing: smoothing);
        Numbers.Close(each, Numbers.Of(Loss(Reduction.None)), 1e-12);
        Assert.Equal(each.Sum(), Loss(Reduction.Sum).item<double>(), 1e-12);
        Assert.Equal(each.Sum() / 4, Loss(Reduction.Mean).item<double>(), 1e-12);
        FiniteDifferences.Check(() => Loss(Reduction.Mean), logits);
    }

    [Fact]
    public void Cross_entropy_takes_sequences_and_class_probabilities()
    {
        using var scope = NewDisposeScope();
        var logits = Numbers.Doubles(1, 2, Classes, 3);
        var flat = logits.transpose(1, 2).reshape(6, Classes);
        var targets = tensor(new long[] { 0, 1, 2, 3, 0, 1 });
        var expected = F.cross_entropy(flat, targets).item<double>();
        Assert.Equal(expected, F.cross_entropy(logits, targets.reshape(2, 3)).item<double>(), 1e-12);
        var hot = F.one_hot(targets, Classes).to(ScalarType.Float64);
        Assert.Equal(expected, F.cross_entropy(flat, hot).item<double>(), 1e-12);
        Assert.Equal(expected, F.nll_loss(F.log_softmax(flat, -1), targets).item<double>(), 1e-12);
        Assert.ThrowsAny<Exception>(() => F.cross_entropy(flat, full(6, 9, dtype: ScalarType.Int64)));
    }

    [Fact]
    public void Temporal_classification_sums_over_every_alignment_of_frames_and_labels()
    {
        using var scope = NewDisposeScope();
        const int Frames = 4, Blank = 3;
        var logits = Numbers.Doubles(3, Frames * 2, Classes);
        double[][] log = LogProbabilities(Numbers.Of(logits));
        long[][] labels = [[1, 1], [2]];
        int[] frames = [4, 3];
        double[] expected = [.. labels.Select((label, item) => -Math.Log(Alignments(frames[item])
            .Where(path => Collapse(path, Blank).SequenceEqual(label))
            .Sum(path => Math.Exp(path.Select((symbol, frame) => log[frame * 2 + item][symbol]).Sum()))))];
        Tensor Loss(Reduction reduction) => F.ctc_loss(
            F.log_softmax(logits, -1).reshape(Frames, 2, Classes), tensor(new long[] { 1, 1, 2, 0 }, [2, 2]), tensor(new long[] { 4, 3 }),
            tensor(new long[] { 2, 1 }), Blank, reduction: reduction);
        Numbers.Close(expected, Numbers.Of(Loss(Reduction.None)), 1e-12);
        Assert.Equal(expected.Sum(), Loss(Reduction.Sum).item<double>(), 1e-12);
        Assert.Equal((expected[0] / 2 + expected[1]) / 2, Loss(Reduction.Mean).item<double>(), 1e-12);
        FiniteDifferences.Check(() => Loss(Reduction.Sum), logits);
    }

    [Fact]
    public void Temporal_classification_gives_targets_without_an_alignment_an_infinite_loss_or_none()
    {
        using var scope = NewDisposeScope();
        Tensor Loss(bool zeroInfinity) => F.ctc_loss(
            F.log_softmax(Numbers.Doubles(3, 2, Classes), -1).reshape(2, 1, Classes), tensor(new long[] { 1, 1 }, [1, 2]),
            tensor(new long[] { 2 }), tensor(new long[] { 2 }), 3, zeroInfinity, Reduction.Sum);
        Assert.Equal(double.PositiveInfinity, Loss(zeroInfinity: false).item<double>());
        Assert.Equal(0, Loss(zeroInfinity: true).item<double>());
    }

    [Fact]
    public void Distances_follow_their_formulas()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Numbers.Doubles(1, 3, 4) * 2, Numbers.Doubles(2, 3, 4));
        double[] gaps = [.. Numbers.Of(a).Zip(Numbers.Of(b), (x, y) => x - y)];
        Assert.Equal(gaps.Average(gap => gap * gap), F.mse_loss(a, b).item<double>(), 1e-12);
        Assert.Equal(gaps.Sum(Math.Abs), F.l1_loss(a, b, Reduction.Sum).item<double>(), 1e-12);
        Numbers.Close([.. gaps.Select(gap => Math.Abs(gap) < 0.5 ? gap * gap : Math.Abs(gap) - 0.25)],
            Numbers.Of(F.smooth_l1_loss(a, b, Reduction.None, beta: 0.5)), 1e-12);
        var leaf = a.detach().clone();
        FiniteDifferences.Check(() => F.mse_loss(leaf, b), leaf);
    }

    [Fact]
    public void Binary_cross_entropy_and_divergence_follow_their_formulas()
    {
        using var scope = NewDisposeScope();
        var (logits, targets) = (Numbers.Doubles(1, 8), Numbers.Doubles(2, 8).abs());
        double[] each = [.. Numbers.Of(logits).Zip(Numbers.Of(targets), (x, y) =>
            -((2 * y * Math.Log(1 / (1 + Math.Exp(-x)))) + ((1 - y) * Math.Log(1 - (1 / (1 + Math.Exp(-x)))))))];
        Numbers.Close(each, Numbers.Of(F.binary_cross_entropy_with_logits(
            logits, targets, reduction: Reduction.None, pos_weights: full(1, 2.0, dtype: ScalarType.Float64))), 1e-12);
        var log = F.log_softmax(logits, 0);
        var other = F.log_softmax(targets, 0);
        double[] divergence = [.. Numbers.Of(log).Zip(Numbers.Of(other), (p, q) => Math.Exp(q) * (q - p))];
        Numbers.Close(divergence, Numbers.Of(F.kl_div(log, other, reduction: Reduction.None)), 1e-12);
        Numbers.Close(divergence, Numbers.Of(F.kl_div(log, other.exp(), log_target: false, reduction: Reduction.None)), 1e-12);
    }

    private static IEnumerable<int[]> Alignments(int frames) => frames == 0
        ? [[]]
        : Alignments(frames - 1).SelectMany(path => Enumerable.Range(0, Classes).Select(symbol => (int[])[.. path, symbol]));

    private static IEnumerable<long> Collapse(int[] path, int blank) =>
        path.Where((symbol, frame) => symbol != blank && (frame == 0 || path[frame - 1] != symbol)).Select(symbol => (long)symbol);
}
