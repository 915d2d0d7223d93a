using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Training.Tasks;

/// <summary>
/// Reads a text off an encoder's states without a decoder: connectionist temporal classification (Graves et al. 2006). Trained beside the
/// decoder (Watanabe et al. 2017), it shows the encoder where each letter is heard, which the decoder's loss alone finds out late: a
/// decoder learns the language first and listens when nothing else helps any more.
/// </summary>
/// <remarks>Part of training only: a saved model does not have it.</remarks>
public sealed class TemporalClassificationHead : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <summary>Makes a head whose weights are zero: every class is as likely as any other.</summary>
    /// <param name="width">Of the encoder's states.</param>
    /// <param name="classes">Symbols of text; the blank is one more, the last.</param>
    /// <param name="device">Where the encoder is; null for the CPU.</param>
    public TemporalClassificationHead(long width, long classes, Device? device = null)
        : base(nameof(TemporalClassificationHead))
    {
        Blank = classes;
        weight = new Parameter(zeros([classes + 1, width], dtype: ScalarType.Float32, device: device));
        bias = new Parameter(zeros([classes + 1], dtype: ScalarType.Float32, device: device));
        RegisterComponents();
    }

    /// <summary>The class of a frame that writes nothing.</summary>
    public long Blank { get; }

    /// <summary>States [N, T, width] to log-probabilities [N, T, classes + 1].</summary>
    public override Tensor forward(Tensor input) => F.log_softmax(F.linear(input, weight, bias), -1);

    /// <summary>
    /// Minus the log-probabilities of the targets, summed over the batch. Targets that have more symbols than frames count nothing.
    /// </summary>
    /// <param name="states">[N, T, width]. The head owns nothing of it.</param>
    /// <param name="frames">How many of each one's states hold sound, 1 to T.</param>
    /// <param name="targets">The symbols of each one's text, all below <see cref="Blank"/>.</param>
    /// <returns>A scalar in the graph; the caller disposes it.</returns>
    public Tensor Loss(Tensor states, IReadOnlyList<int> frames, IReadOnlyList<int[]> targets)
    {
        using var scope = NewDisposeScope();
        long[] lengths = [.. targets.Select(target => (long)target.Length)];
        var ids = ExampleTensors.Tokens(targets, target => target, 0).to(states.device);
        var probabilities = forward(states).transpose(0, 1).contiguous();
        return F.ctc_loss(
            probabilities, ids, tensor(frames.Select(count => (long)count).ToArray()), tensor(lengths), Blank, zero_infinity: true,
            reduction: nn.Reduction.Sum).MoveToOuterDisposeScope();
    }

    /// <summary>The likeliest class of each state, repetitions and blanks left out.</summary>
    /// <param name="states">[N, T, width].</param>
    /// <param name="frames">How many of each one's states hold sound, 0 to T.</param>
    public IReadOnlyList<int[]> Read(Tensor states, IReadOnlyList<int> frames)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long length = states.shape[1];
        long[] classes = forward(states).argmax(-1).cpu().data<long>().ToArray();
        return [.. frames.Select((count, item) => Collapse(classes.AsSpan(item * (int)length, count)))];
    }

    private int[] Collapse(ReadOnlySpan<long> classes)
    {
        var symbols = new List<int>();
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] != Blank && (i == 0 || classes[i] != classes[i - 1]))
            {
                symbols.Add((int)classes[i]);
            }
        }

        return [.. symbols];
    }
}
