using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

public sealed class TemporalClassificationHeadTests
{
    [Fact]
    public void A_new_head_finds_every_class_as_likely()
    {
        using var scope = NewDisposeScope();
        using var head = new TemporalClassificationHead(3, 4);
        Assert.Equal(4, head.Blank);
        Assert.All(head.forward(ones(1, 2, 3)).data<float>().ToArray(), value => Assert.Equal(-MathF.Log(5), value, 1e-6f));
        // One token in one frame: one alignment; in two frames: token, token; token, blank; blank, token.
        Assert.Equal(Math.Log(5), head.Loss(ones(1, 2, 3), [1], [[2]]).item<float>(), 1e-5);
        Assert.Equal(-Math.Log(3.0 / 25), head.Loss(ones(1, 2, 3), [2], [[2]]).item<float>(), 1e-5);
    }

    [Fact]
    public void Reading_leaves_repetitions_blanks_and_what_lies_behind_the_sound_out()
    {
        using var scope = NewDisposeScope();
        using var head = new TemporalClassificationHead(4, 3);
        using (no_grad())
        {
            head.get_parameter("weight")!.copy_(eye(4));
        }

        long[] heard = [0, 0, 3, 0, 1, 2, 2, 3];
        var states = nn.functional.one_hot(tensor(heard), 4).to(ScalarType.Float32).unsqueeze(0).expand(3, -1, -1).contiguous();
        var read = head.Read(states, [8, 5, 0]);
        Assert.Equal([0, 0, 1, 2], read[0]);
        Assert.Equal([0, 0, 1], read[1]);
        Assert.Empty(read[2]);
    }

    [Fact]
    public void A_text_with_more_tokens_than_frames_counts_nothing()
    {
        using var scope = NewDisposeScope();
        using var head = new TemporalClassificationHead(3, 4);
        Assert.Equal(0, head.Loss(ones(1, 2, 3), [2], [[1, 2, 3]]).item<float>());
    }
}
