using System.Text.Json;
using BrewClip.Core.Checkpoints;
using BrewClip.Tests.Support;
using BrewClip.Training.Losses;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Losses;

public sealed class InnerOuterLossTests
{
    [Theory]
    [InlineData("published", "one_hot", DuplicatePolicy.OneHot)]
    [InlineData("published", "masked", DuplicatePolicy.Masked)]
    [InlineData("published", "uniform", DuplicatePolicy.Uniform)]
    [InlineData("worded", "one_hot", DuplicatePolicy.OneHot)]
    [InlineData("worded", "masked", DuplicatePolicy.Masked)]
    [InlineData("worded", "uniform", DuplicatePolicy.Uniform)]
    public void Losses_of_the_golden_embeddings_equal_the_reference(string reading, string policyName, DuplicatePolicy policy)
    {
        using var scope = NewDisposeScope();
        using var golden = SafetensorsFile.Open(TestFiles.Golden("brew", $"{reading}.safetensors"));
        using var inputs = SafetensorsFile.Open(TestFiles.Golden("brew", "inputs.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllText(TestFiles.Golden("brew", "brew.json")));
        var expected = json.RootElement.GetProperty(reading).GetProperty("losses").GetProperty(policyName);
        using var terms = new InnerOuterLoss(policy).Compute(
            Read(golden, "fused_embeds"), Read(golden, "image_embeds"), Read(golden, "acoustic_embeds"), Read(golden, "text_embeds"),
            ReadIds(inputs), LogitScale(), LogitScale());
        Close(expected.GetProperty("outer").GetDouble(), terms.Outer);
        Close(expected.GetProperty("inner").GetDouble(), terms.Inner!);
        Close(expected.GetProperty("total").GetDouble(), terms.Total);
    }

    [Fact]
    public void A_variant_with_one_channel_has_no_inner_loss_and_its_total_is_the_outer_loss()
    {
        using var scope = NewDisposeScope();
        var a = tensor(FormulaWeights.Uniform("a", 12)).view(4, 3);
        var b = tensor(FormulaWeights.Uniform("b", 12)).view(4, 3);
        using var terms = new InnerOuterLoss().Compute(a, b, null, null, arange(4, dtype: ScalarType.Int64), LogitScale(), LogitScale());
        Assert.Null(terms.Inner);
        Assert.Equal(terms.Outer.item<float>(), terms.Total.item<float>());
    }

    [Fact]
    public void Without_duplicates_the_three_policies_agree()
    {
        using var scope = NewDisposeScope();
        var a = tensor(FormulaWeights.Uniform("a", 40)).view(5, 8);
        var b = tensor(FormulaWeights.Uniform("b", 40)).view(5, 8);
        var ids = arange(5, dtype: ScalarType.Int64);
        float[] losses = [.. Enum.GetValues<DuplicatePolicy>()
            .Select(policy => new ContrastiveLoss(policy).Compute(a, b, ids, LogitScale()).item<float>())];
        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 1e-5f));
    }

    [Fact]
    public void A_temperature_of_a_thousandth_does_not_overflow()
    {
        using var scope = NewDisposeScope();
        var a = tensor(FormulaWeights.Uniform("a", 40)).view(5, 8).requires_grad_();
        var b = tensor(FormulaWeights.Uniform("b", 40)).view(5, 8);
        var loss = new ContrastiveLoss().Compute(a, b, zeros(5, dtype: ScalarType.Int64), tensor((float)Math.Log(1000)));
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.True(a.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void A_batch_whose_sides_differ_in_shape_is_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(
            () => new ContrastiveLoss().Compute(zeros(3, 4), zeros(2, 4), arange(3, dtype: ScalarType.Int64), LogitScale()));
        Assert.Contains("[3, 4]", error.Message);
        Assert.Contains("[2, 4]", error.Message);
    }

    private static Tensor LogitScale() => tensor((float)ContrastiveLoss.InitialLogitScale);

    private static Tensor Read(SafetensorsFile file, string name) =>
        tensor(file.ReadFloat32(name)).view([.. file.Tensors[name].Shape]);

    private static Tensor ReadIds(SafetensorsFile file) =>
        tensor(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(file.GetBytes("image_ids")).ToArray());

    private static void Close(double expected, Tensor actual) =>
        Assert.InRange(actual.item<float>(), expected * (1 - 1e-4), expected * (1 + 1e-4));
}
