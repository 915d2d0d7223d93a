using BrewClip.Core.Checkpoints;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;
using BrewClip.Training.Losses;
using BrewClip.Training.Schedules;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Brew;

public sealed class BrewClipNetworkTests(BrewGoldens goldens) : IClassFixture<BrewGoldens>
{
    [Fact]
    public void Whispers_frames_of_the_six_clips_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var inputs = SafetensorsFile.Open(TestFiles.Golden("brew", "inputs.safetensors"));
        TensorAssert.Close(inputs.Float("frames_first8"), goldens.Frames.narrow(1, 0, 8));
    }

    [Theory]
    [InlineData("published")]
    [InlineData("worded")]
    public void Embeddings_of_the_six_clips_equal_the_reference(string reading)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var expected = BrewGoldens.Expected(reading);
        using var network = goldens.Network(reading);
        var (text, acoustic, fused, image) = Embed(network);
        TensorAssert.Close(expected.Float("text_embeds"), text);
        TensorAssert.Close(expected.Float("acoustic_embeds"), acoustic);
        TensorAssert.Close(expected.Float("fused_embeds"), fused);
        TensorAssert.Close(expected.Float("image_embeds"), image);
    }

    [Theory]
    [InlineData("published")]
    [InlineData("worded")]
    public void A_zero_shot_pipeline_has_no_prompts_whatever_its_config_says(string reading)
    {
        using var scope = NewDisposeScope();
        using var expected = BrewGoldens.Expected(reading);
        using var network = new BrewClipNetwork(
            BrewGoldens.Config(reading) with { Variant = BrewClipVariant.PipelineZeroShot }, goldens.Clip, new() { Width = 64 });
        TensorAssert.Close(expected.Float("zero_shot_text_embeds"), network.EmbedText(goldens.Tokens));
        TensorAssert.Close(expected.Float("zero_shot_image_embeds"), network.EmbedImage(goldens.Pixels));
        Assert.Throws<InvalidOperationException>(() => network.EmbedAcoustic(goldens.Frames, null));
    }

    [Theory]
    [InlineData("published")]
    [InlineData("worded")]
    public void Every_gradient_equals_the_reference(string reading)
    {
        using var scope = NewDisposeScope();
        using var expected = BrewGoldens.Expected(reading);
        using var network = goldens.Network(reading);
        Loss(network).backward();
        string[] names = [.. expected.Tensors.Keys.Where(name => name.StartsWith("grad.", StringComparison.Ordinal))];
        var parameters = network.named_parameters().ToDictionary(item => item.name, item => item.parameter);
        Assert.Equal(names.Length, parameters.Values.Count(parameter => parameter.requires_grad));
        foreach (string name in names)
        {
            var gradient = parameters[name["grad.".Length..]].grad!;
            if (name.EndsWith("k_proj.bias", StringComparison.Ordinal))
            {
                // A shift of all keys shifts all scores of a row alike: the true gradient is zero, and both hold rounding noise.
                Assert.True(Length(TensorAssert.Values(gradient)) < 1e-6, $"'{name}' should vanish.");
                continue;
            }

            AssertClose(name, expected, gradient, 1e-3);
        }
    }

    [Theory]
    [InlineData("published")]
    [InlineData("worded")]
    public void Five_steps_of_Adam_end_where_the_reference_ends(string reading)
    {
        using var expected = BrewGoldens.Expected(reading);
        using var network = goldens.Network(reading);
        var schedule = new WarmupLinearDecay { PeakRate = 1e-3, FinalRate = 1e-8, WarmupSteps = 2, TotalSteps = 5 };
        var trained = network.parameters().Where(parameter => parameter.requires_grad).ToArray();
        using var optimizer = optim.Adam(trained, lr: schedule.PeakRate, weight_decay: 1e-6);
        for (int step = 0; step < 5; step++)
        {
            using var scope = NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = schedule.RateAt(step);
            }

            optimizer.zero_grad();
            Loss(network).backward();
            nn.utils.clip_grad_norm_(trained, 4);
            optimizer.step();
        }

        foreach (var (name, parameter) in network.named_parameters())
        {
            using var scope = NewDisposeScope();
            // The key bias has no gradient but rounding noise, which Adam's division brings to the size of its weight decay.
            AssertClose($"after5.{name}", expected, parameter, name.EndsWith("k_proj.bias", StringComparison.Ordinal) ? 1e-3 : 1e-4);
        }
    }

    [Fact]
    public void Its_state_dictionary_holds_the_trained_part_alone_under_the_golden_names()
    {
        foreach (string reading in (string[])["published", "worded"])
        {
            using var network = goldens.Network(reading);
            using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(TestFiles.Golden("brew", "brew.json")));
            var expected = json.RootElement.GetProperty(reading).GetProperty("parameters").EnumerateObject()
                .Select(item => $"{item.Name} [{string.Join(',', item.Value.EnumerateArray())}]");
            var actual = network.state_dict().Select(item => $"{item.Key} [{string.Join(',', item.Value.shape)}]");
            Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Masked_padding_makes_the_padding_irrelevant()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = goldens.Network("worded");
        var before = network.EmbedAcoustic(goldens.Frames, goldens.ValidFrames);
        var disturbed = goldens.Frames.clone();
        disturbed.narrow(1, 300, 1200).fill_(3);
        TensorAssert.Close(before, network.EmbedAcoustic(disturbed, goldens.ValidFrames), 1e-6);
        Assert.Throws<ArgumentException>(() => network.EmbedAcoustic(goldens.Frames, null));
    }

    [Fact]
    public void A_learned_sum_over_layers_weighs_each_state_by_its_softmax()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = new BrewClipNetwork(
            BrewGoldens.Config("published") with { AcousticLayerMix = true }, goldens.Clip, goldens.Whisper.Config);
        using var weights = tensor(new float[] { 1, 2, 3 });
        network.get_parameter("acoustic.layer_weights")!.copy_(weights);
        Tensor[] states = [ones(2, 5, 64), 10 * ones(2, 5, 64), 100 * ones(2, 5, 64)];
        double total = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        float expected = (float)((Math.Exp(1) + 10 * Math.Exp(2) + 100 * Math.Exp(3)) / total);
        TensorAssert.Close(expected * ones(2, 5, 64), network.MixStates(states), 1e-6);
        Assert.Throws<ArgumentException>(() => network.MixStates(states[..2]));
    }

    // The distance of the two vectors of values, relative to the reference's length: Adam turns the rounding noise of a gradient near
    // zero into a step of full size, so single elements may differ by more. The reference stores scalars as vectors of one.
    private static void AssertClose(string name, SafetensorsFile expected, Tensor actual, double relative)
    {
        float[] want = expected.ReadFloat32(name), got = TensorAssert.Values(actual);
        Assert.Equal(want.Length, got.Length);
        double length = Length(want), distance = Length([.. want.Zip(got, (a, b) => a - b)]);
        Assert.True(distance <= relative * length, $"'{name}' is {distance:g3} away, where its length is {length:g3}.");
    }

    private static double Length(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private Tensor Loss(BrewClipNetwork network)
    {
        var (text, acoustic, fused, image) = Embed(network);
        return new InnerOuterLoss(DuplicatePolicy.Masked)
            .Compute(fused, image, acoustic, text, goldens.ImageIds, network.OuterLogitScale, network.InnerLogitScale).Total;
    }

    private (Tensor Text, Tensor Acoustic, Tensor Fused, Tensor Image) Embed(BrewClipNetwork network)
    {
        var text = network.EmbedText(goldens.Tokens);
        var acoustic = network.EmbedAcoustic(goldens.Frames, goldens.ValidFrames);
        return (text, acoustic, BrewClipNetwork.Fuse(text, acoustic), network.EmbedImage(goldens.Pixels));
    }
}
