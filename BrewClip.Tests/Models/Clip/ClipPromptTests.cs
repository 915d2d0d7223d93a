using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Clip;

/// <summary>Prompt vectors in both towers, against the reference readings of BrewCLIP.</summary>
public class ClipPromptTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    [Fact]
    public void Without_prompts_the_embeddings_equal_the_zero_shot_reference()
    {
        using var scope = NewDisposeScope();
        using var inputs = FormulaModelFixture.Golden("brew", "inputs.safetensors");
        using var golden = FormulaModelFixture.Golden("brew", "published.safetensors");
        TensorAssert.Close(golden.Float("zero_shot_text_embeds"), models.Clip.Text.Encode(inputs.Long("tokens_plain")));
        TensorAssert.Close(golden.Float("zero_shot_image_embeds"), models.Clip.Vision.Encode(inputs.Float("images")));
    }

    [Theory]
    [InlineData("published.safetensors", PromptPlacement.AfterStart)]
    [InlineData("worded.safetensors", PromptPlacement.Front)]
    public void Prompted_text_embeddings_equal_the_reference(string reading, PromptPlacement placement)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var inputs = FormulaModelFixture.Golden("brew", "inputs.safetensors");
        using var golden = FormulaModelFixture.Golden("brew", reading);
        TensorAssert.Close(golden.Float("text_embeds"), models.Clip.Text.forward(inputs.Long("tokens_plain"), Context(), placement));
    }

    [Fact]
    public void Prompted_image_embeddings_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var inputs = FormulaModelFixture.Golden("brew", "inputs.safetensors");
        using var golden = FormulaModelFixture.Golden("brew", "published.safetensors");
        var weight = tensor(FormulaWeights.Parameter("prompts.vision.weight", 128, 128), [128, 128]);
        var bias = tensor(FormulaWeights.Parameter("prompts.vision.bias", 128));
        var prompts = nn.functional.linear(Context(), weight, bias);
        TensorAssert.Close(golden.Float("image_embeds"), models.Clip.Vision.forward(inputs.Float("images"), prompts));
    }

    [Fact]
    public void Prompts_of_each_item_equal_shared_ones_when_they_are_the_same()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var inputs = FormulaModelFixture.Golden("brew", "inputs.safetensors");
        var tokens = inputs.Long("tokens_plain");
        var each = Context().unsqueeze(0).expand(6, 4, 128);
        TensorAssert.Close(models.Clip.Text.forward(tokens, Context()), models.Clip.Text.forward(tokens, each), 1e-6);
        TensorAssert.Close(
            models.Clip.Vision.forward(inputs.Float("images"), Context()), models.Clip.Vision.forward(inputs.Float("images"), each), 1e-6);
    }

    [Fact]
    public void Gradients_reach_the_prompts_and_no_weight_of_the_frozen_towers()
    {
        using var scope = NewDisposeScope();
        using var inputs = FormulaModelFixture.Golden("brew", "inputs.safetensors");
        var prompts = Context().requires_grad_();
        var texts = models.Clip.Text.forward(inputs.Long("tokens_plain"), prompts);
        var images = models.Clip.Vision.forward(inputs.Float("images"), prompts);
        (texts * images).sum().backward();
        var analytic = TensorAssert.Values(prompts.grad!);
        Assert.All(models.Clip.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Contains(analytic, value => value != 0);

        // The same slope from two nearby values, along the gradient itself.
        double norm = Math.Sqrt(analytic.Sum(value => (double)value * value));
        double slope = (Product(inputs, analytic, 1e-2 / norm) - Product(inputs, analytic, -1e-2 / norm)) / 2e-2;
        Assert.InRange(slope / norm, 0.98, 1.02);
    }

    [Fact]
    public void Prompts_of_another_width_are_refused()
    {
        using var scope = NewDisposeScope();
        var tokens = tensor((long[])[49406, 320, 49407], [1, 3]);
        Assert.Contains(
            "[4, 64]", Assert.Throws<ArgumentException>(() => models.Clip.Text.forward(tokens, zeros(4, 64))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => models.Clip.Vision.forward(zeros(1, 3, 32, 32), zeros(2, 4, 128)));
        Assert.Throws<ArgumentException>(() => models.Clip.Text.forward(tokens, zeros(76, 128)));
    }

    private static Tensor Context() => tensor(FormulaWeights.Parameter("prompts.context", 4, 128), [4, 128]);

    private double Product(SafetensorsFile inputs, float[] direction, double step)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var prompts = Context() + tensor(direction, [4, 128]) * step;
        var texts = models.Clip.Text.forward(inputs.Long("tokens_plain"), prompts);
        return (texts * models.Clip.Vision.forward(inputs.Float("images"), prompts)).sum().item<float>();
    }
}
