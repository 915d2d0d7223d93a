using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Tests.Training;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Training;

public sealed class FreshModelTests
{
    [Fact]
    public void Equal_seeds_make_equal_models_and_others_do_not()
    {
        using var one = SmallModels.Clip(4);
        using var same = SmallModels.Clip(4);
        using var other = SmallModels.Clip(5);
        Assert.Equal(Values(one), Values(same));
        Assert.NotEqual(Values(one), Values(other));
        Assert.Equal(1 / 0.07, one.LogitScale, 1e-4);
    }

    [Theory]
    [InlineData(SafetensorsType.Float32)]
    [InlineData(SafetensorsType.Float16)]
    public void A_saved_CLIP_loads_as_any_other(SafetensorsType type)
    {
        using var folder = new TemporaryFolder();
        using var model = SmallModels.Clip();
        model.Save(folder.Path, type);
        using var loaded = ClipModel.Load(folder.Path, new ModelLoadingOptions { Trainable = true });
        Assert.Equal(model.Config, loaded.Config);
        using var scope = NewDisposeScope();
        var tokens = SmallModels.Tokens(3);
        Near(model.Text.Encode(tokens), loaded.Text.Encode(tokens), type == SafetensorsType.Float32 ? 0 : 5e-3);
        var pixels = ones(2, 3, 16, 16);
        Near(model.Vision.Encode(pixels), loaded.Vision.Encode(pixels), type == SafetensorsType.Float32 ? 0 : 5e-3);
    }

    [Fact]
    public void A_saved_Whisper_loads_as_any_other_and_decodes_step_by_step_what_teacher_forcing_scores()
    {
        using var folder = new TemporaryFolder();
        using var model = WhisperModel.Create(SmallModels.WhisperShape(30), 2);
        model.Save(folder.Path);
        using var loaded = WhisperModel.Load(folder.Path);
        Assert.Equal(model.Config, loaded.Config);
        using var scope = NewDisposeScope();
        manual_seed(2).Dispose();
        var mel = randn(2, 20, 100);
        var tokens = tensor(new long[] { 1, 5, 9, 29, 2, 1, 7, 7, 3, 0 }, [2, 5]);
        var forced = model.Decoder.TeacherForced(tokens, model.Encoder.forward(mel));
        var audio = loaded.Encoder.Encode(mel);
        using var cache = loaded.Decoder.CreateCache(audio);
        for (int position = 0; position < 5; position++)
        {
            Near(forced.select(1, position), loaded.Decoder.Decode(tokens.narrow(1, position, 1), cache).select(1, 0), 1e-5);
        }
    }

    [Fact]
    public void Every_weight_of_a_fresh_Whisper_learns_but_the_encoders_positions_and_the_key_biases()
    {
        using var model = WhisperModel.Create(SmallModels.WhisperShape(30), 2);
        using var scope = NewDisposeScope();
        var tokens = tensor(new long[] { 1, 5, 9, 29, 2 }, [1, 5]);
        model.Decoder.TeacherForced(tokens, model.Encoder.forward(randn(1, 20, 100))).pow(2).sum().backward();
        foreach (var (name, parameter) in model.named_parameters())
        {
            bool isPosition = name.StartsWith("encoder.embed_positions", StringComparison.Ordinal);
            Assert.Equal(isPosition, parameter.grad is null);
            if (name.EndsWith("qkv_proj.bias", StringComparison.Ordinal))
            {
                Assert.All(parameter.grad!.narrow(0, 16, 16).data<float>().ToArray(), value => Assert.Equal(0, value));
                Assert.Contains(parameter.grad!.narrow(0, 32, 16).data<float>().ToArray(), value => value != 0);
            }
        }
    }

    [Fact]
    public void A_model_with_a_weight_that_is_no_number_is_not_written()
    {
        using var folder = new TemporaryFolder();
        using var model = SmallModels.Clip();
        using (var scope = NewDisposeScope())
        {
            model.LogLogitScale.detach().fill_(float.NaN);
        }

        Assert.Contains("logit_scale", Assert.Throws<ArgumentException>(() => model.Save(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_shape_that_contradicts_itself_is_refused()
    {
        var shape = SmallModels.ClipShape(20);
        Assert.Throws<InvalidDataException>(() => ClipModel.Create(shape with { Text = shape.Text with { AttentionHeads = 3 } }));
        Assert.Throws<InvalidDataException>(
            () => WhisperModel.Create(SmallModels.WhisperShape(20) with { Width = 6, EncoderAttentionHeads = 4 }));
    }

    private static float[] Values(ClipModel model) =>
        [.. model.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];

    private static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        var (left, right) = (expected.detach().data<float>().ToArray(), actual.detach().data<float>().ToArray());
        Assert.Equal(left.Length, right.Length);
        Assert.All(left.Zip(right), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }
}
