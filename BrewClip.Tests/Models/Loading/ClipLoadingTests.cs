using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Loading;

/// <summary>The layouts in which CLIP's weights come; each gives the same network.</summary>
public class ClipLoadingTests
{
    [Fact]
    public void A_state_dictionary_has_the_hubs_names_and_the_files_values()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteClip(folder.Path);
        AssertLoadsEqual(folder.Path);
    }

    [Fact]
    public void OpenAIs_own_names_with_fused_attention_and_transposed_projections_load_as_the_hubs()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.Write(folder.Path, FormulaModels.ClipConfig, OpenAITensors());
        AssertLoadsEqual(folder.Path);
    }

    [Fact]
    public void Buffers_of_old_files_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        FormulaTensor[] buffers =
        [
            new("text_model.embeddings.position_ids", [1, 77], new float[77]),
            new("vision_model.embeddings.position_ids", [1, 17], new float[17]),
        ];
        FormulaModels.Write(folder.Path, FormulaModels.ClipConfig, [.. FormulaModels.Clip.Values, .. buffers]);
        AssertLoadsEqual(folder.Path);
    }

    [Fact]
    public void Either_encoder_loads_alone()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteClip(folder["whole"]);
        FormulaModels.Write(
            folder["text"], FormulaModels.ClipConfig,
            FormulaModels.Clip.Values.Where(tensor => tensor.Name.StartsWith("text_", StringComparison.Ordinal)));
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        using var vision = ClipVisionEncoder.Load(folder["whole"]);
        TensorAssert.Close(golden.Float("image_embeds"), vision.Encode(golden.Float("image")));
        foreach (string layout in (string[])["whole", "text"])
        {
            using var text = ClipTextEncoder.Load(folder[layout]);
            TensorAssert.Close(golden.Float("text_embeds"), text.Encode(golden.Long("tokens")));
        }

        var exception = Assert.Throws<CheckpointMismatchException>(() => ClipVisionEncoder.Load(folder["text"]));
        Assert.Equal(FormulaModels.Clip.Keys.Count(name => name.StartsWith("vis", StringComparison.Ordinal)), exception.Missing.Count);
    }

    [Fact]
    public void Bfloat16_stays_near_the_reference_and_answers_in_float32()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteClip(folder.Path, SafetensorsType.BFloat16);
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        using var model = ClipModel.Load(folder.Path, new ModelLoadingOptions { Type = ScalarType.BFloat16 });
        var images = model.Vision.Encode(golden.Float("image"));
        Assert.Equal(ScalarType.Float32, images.dtype);
        TensorAssert.Close(golden.Float("image_embeds"), images, 3e-2);
        TensorAssert.Close(golden.Float("text_embeds"), model.Text.Encode(golden.Long("tokens")), 3e-2);
    }

    [Fact]
    public void A_loaded_model_can_be_moved_to_another_type()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteClip(folder.Path);
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        using var model = ClipModel.Load(folder.Path).to(ScalarType.Float64);
        Assert.All(model.state_dict().Values, weight => Assert.Equal(ScalarType.Float64, weight.dtype));
        TensorAssert.Close(golden.Float("image_embeds"), model.Vision.Encode(golden.Float("image")), 1e-5);
        TensorAssert.Close(golden.Float("text_embeds"), model.Text.Encode(golden.Long("tokens")), 1e-5);
    }

    [Fact]
    public void Weights_take_gradients_when_asked_to()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteClip(folder.Path);
        using var scope = NewDisposeScope();
        using var model = ClipModel.Load(folder.Path, new ModelLoadingOptions { Trainable = true });
        using var golden = FormulaModelFixture.Golden("clip");
        model.LogitsPerImage(model.Vision.forward(golden.Float("image")), model.Text.forward(golden.Long("tokens"))).sum().backward();
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    private static void AssertLoadsEqual(string folder)
    {
        using var scope = NewDisposeScope();
        using var model = ClipModel.Load(folder);
        var state = model.state_dict();
        Assert.Equal(FormulaModels.Clip.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        Assert.All(FormulaModels.Clip.Values, expected =>
        {
            Assert.Equal(expected.Shape, state[expected.Name].shape);
            Assert.Equal(expected.Values, TensorAssert.Values(state[expected.Name]));
        });
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    private static IEnumerable<FormulaTensor> OpenAITensors()
    {
        foreach (var tensor in FormulaModels.Clip.Values)
        {
            string name = OpenAIName(tensor.Name);
            if (name.Contains(".q_proj.", StringComparison.Ordinal))
            {
                var key = FormulaModels.Clip[tensor.Name.Replace("q_proj", "k_proj", StringComparison.Ordinal)];
                var value = FormulaModels.Clip[tensor.Name.Replace("q_proj", "v_proj", StringComparison.Ordinal)];
                long[] shape = [3 * tensor.Shape[0], .. tensor.Shape[1..]];
                yield return new(
                    name.Replace("q_proj.", "in_proj_", StringComparison.Ordinal), shape,
                    [.. tensor.Values, .. key.Values, .. value.Values]);
            }
            else if (name is "visual.proj" or "text_projection")
            {
                yield return Transposed(tensor) with { Name = name };
            }
            else if (!name.Contains(".k_proj.", StringComparison.Ordinal) && !name.Contains(".v_proj.", StringComparison.Ordinal))
            {
                yield return tensor with { Name = name };
            }
        }

        yield return new("input_resolution", [], [224]);
        yield return new("context_length", [], [77]);
        yield return new("vocab_size", [], [49408]);
    }

    private static FormulaTensor Transposed(FormulaTensor tensor)
    {
        var (rows, columns) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        var values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i % columns * rows + i / columns] = tensor.Values[i];
        }

        return new(tensor.Name, [columns, rows], values);
    }

    private static string OpenAIName(string name)
    {
        (string Hub, string Own)[] parts =
        [
            ("vision_model.encoder.layers.", "visual.transformer.resblocks."), ("text_model.encoder.layers.", "transformer.resblocks."),
            ("vision_model.embeddings.class_embedding", "visual.class_embedding"),
            ("vision_model.embeddings.patch_embedding", "visual.conv1"),
            ("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"),
            ("vision_model.pre_layrnorm", "visual.ln_pre"),
            ("vision_model.post_layernorm", "visual.ln_post"), ("visual_projection.weight", "visual.proj"),
            ("text_projection.weight", "text_projection"),
            ("text_model.embeddings.token_embedding", "token_embedding"),
            ("text_model.embeddings.position_embedding.weight", "positional_embedding"),
            ("text_model.final_layer_norm", "ln_final"), (".layer_norm1", ".ln_1"), (".layer_norm2", ".ln_2"), (".self_attn.", ".attn."),
            (".mlp.fc1", ".mlp.c_fc"), (".mlp.fc2", ".mlp.c_proj"),
        ];
        return parts.Aggregate(name, (path, part) => path.Replace(part.Hub, part.Own, StringComparison.Ordinal));
    }
}
