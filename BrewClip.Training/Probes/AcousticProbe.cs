using BrewClip.Models.Brew;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Training.Probes;

/// <summary>
/// The acoustic branch with a linear head, trained through on frames of a frozen Whisper encoder (paper, Table 3: "fine-tuned"). Frames
/// past the end of an utterance are not attended.
/// </summary>
public sealed class AcousticProbe : ProbeModel
{
    private readonly IReadOnlyList<EncoderFrames> _frames;

    [ComponentName(Name = "acoustic")]
    private readonly AcousticBranch _acoustic;

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    /// <summary>Makes a head with fresh weights over a branch.</summary>
    /// <param name="frames">The frames of each example.</param>
    /// <param name="acoustic">A branch of the frames' width, fresh or trained; owned by this module from now on.</param>
    /// <param name="embeddingWidth">Width of the branch's embedding.</param>
    /// <param name="classes">The number of classes.</param>
    public AcousticProbe(IReadOnlyList<EncoderFrames> frames, AcousticBranch acoustic, int embeddingWidth, int classes)
        : base(nameof(AcousticProbe))
    {
        _frames = frames;
        _acoustic = acoustic;
        _head = nn.Linear(embeddingWidth, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Logits(IReadOnlyList<int> examples)
    {
        using var scope = NewDisposeScope();
        int width = _frames[examples[0]].Width, longest = examples.Max(example => _frames[example].Count);
        var padded = new float[checked(examples.Count * longest * width)];
        for (int i = 0; i < examples.Count; i++)
        {
            var values = _frames[examples[i]].Values.Span;
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(values, padded.AsSpan(i * longest * width, values.Length));
        }

        var valid = tensor(examples.Select(example => (long)_frames[example].Count).ToArray());
        var embedded = _acoustic.Forward(tensor(padded, [examples.Count, longest, width]), null, valid);
        return _head.call(embedded).MoveToOuterDisposeScope();
    }
}
