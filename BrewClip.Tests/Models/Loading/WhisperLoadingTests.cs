using BrewClip.Core.Checkpoints;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Models.Whisper;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Loading;

/// <summary>The layouts in which Whisper's weights come; each gives the same network.</summary>
public class WhisperLoadingTests
{
    [Fact]
    public void A_state_dictionary_has_the_hubs_names_and_the_files_values()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteWhisper(folder.Path);
        using var model = WhisperModel.Load(folder.Path);
        using var scope = NewDisposeScope();
        var state = model.state_dict();
        Assert.True(state.Remove("model.encoder.embed_positions.weight"));
        Assert.Equal(FormulaModels.Whisper.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        Assert.All(FormulaModels.Whisper.Values, expected => Assert.Equal(expected.Values, TensorAssert.Values(state[expected.Name])));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.False(model.training);
        Assert.Equal([new AlignmentHead(1, 0), new AlignmentHead(1, 1)], model.AlignmentHeads);
    }

    [Fact]
    public void Positions_that_a_file_holds_are_taken_from_it_and_sinusoids_stand_in_otherwise()
    {
        using var folder = new TemporaryFolder();
        var sinusoids = SinusoidalPositions.Compute(1500, 64);
        Assert.Equal(0f, sinusoids[0]);
        Assert.Equal(1f, sinusoids[32]);
        Assert.Equal(Math.Sin(3), sinusoids[3 * 64], 1e-6);
        Assert.Equal(Math.Cos(1499 * Math.Exp(-Math.Log(10000) * 31 / 31)), sinusoids[1499 * 64 + 63], 1e-6);
        var own = sinusoids.Select(value => value + 1).ToArray();
        FormulaModels.Write(
            folder.Path, FormulaModels.WhisperConfig,
            [.. FormulaModels.Whisper.Values, new("model.encoder.embed_positions.weight", [1500, 64], own)]);
        using var scope = NewDisposeScope();
        using var model = WhisperModel.Load(folder.Path);
        Assert.Equal(own, TensorAssert.Values(model.state_dict()["model.encoder.embed_positions.weight"]));
        FormulaModels.WriteWhisper(folder["bare"]);
        using var bare = WhisperModel.Load(folder["bare"]);
        Assert.Equal(sinusoids, TensorAssert.Values(bare.state_dict()["model.encoder.embed_positions.weight"]));
    }

    [Fact]
    public void OpenAIs_own_names_the_tied_output_and_a_missing_prefix_load_as_the_hubs()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.Write(
            folder["own"], FormulaModels.WhisperConfig,
            FormulaModels.Whisper.Values.Select(tensor => tensor with { Name = OpenAIName(tensor.Name) }));
        FormulaModels.Write(
            folder["bare"], FormulaModels.WhisperConfig,
            FormulaModels.Whisper.Values.Select(tensor => tensor with { Name = tensor.Name["model.".Length..] }));
        var table = FormulaModels.Whisper["model.decoder.embed_tokens.weight"];
        FormulaModels.Write(
            folder["tied"], FormulaModels.WhisperConfig, [.. FormulaModels.Whisper.Values, table with { Name = "proj_out.weight" }]);
        Assert.All((string[])["own", "bare", "tied"], AssertLoadsEqual);

        void AssertLoadsEqual(string layout)
        {
            using var scope = NewDisposeScope();
            using var model = WhisperModel.Load(folder[layout]);
            var state = model.state_dict();
            Assert.All(FormulaModels.Whisper.Values, expected => Assert.Equal(expected.Values, TensorAssert.Values(state[expected.Name])));
        }
    }

    [Fact]
    public void Shards_load_as_one_file_does()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], FormulaModels.WhisperConfig);
        var halves = FormulaModels.Whisper.Values.Chunk(FormulaModels.Whisper.Count / 2 + 1).ToArray();
        var places = new List<string>();
        for (int i = 0; i < halves.Length; i++)
        {
            string shard = $"model-0000{i + 1}-of-00002.safetensors";
            SafetensorsWriter.Write(
                folder[shard], halves[i].Select(tensor => TensorData.FromFloat32(tensor.Name, tensor.Shape, tensor.Values)));
            places.AddRange(halves[i].Select(tensor => $"\"{tensor.Name}\": \"{shard}\""));
        }

        File.WriteAllText(
            folder["model.safetensors.index.json"], $$"""{ "metadata": {}, "weight_map": { {{string.Join(", ", places)}} } }""");
        using var scope = NewDisposeScope();
        using var model = WhisperModel.Load(folder.Path);
        var state = model.state_dict();
        Assert.All(FormulaModels.Whisper.Values, expected => Assert.Equal(expected.Values, TensorAssert.Values(state[expected.Name])));
    }

    [Fact]
    public void The_encoder_alone_loads_from_a_whole_model_and_from_half_of_one()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteWhisper(folder["whole"]);
        FormulaModels.Write(
            folder["half"],
            FormulaModels.WhisperConfig,
            FormulaModels.Whisper.Values.Where(tensor => tensor.Name.Contains(".encoder.", StringComparison.Ordinal)));
        using var scope = NewDisposeScope();
        using var mel = WhisperInputs.ShortMel();
        using var golden = FormulaModelFixture.Golden("whisper");
        foreach (string layout in (string[])["whole", "half"])
        {
            using var encoder = WhisperEncoder.Load(folder[layout]);
            TensorAssert.Close(golden.ReadFloat32("encoder_output"), encoder.Encode(mel));
        }

        Assert.Throws<CheckpointMismatchException>(() => WhisperModel.Load(folder["half"]));
    }

    [Theory]
    [InlineData(SafetensorsType.Float16, ScalarType.Float32, 2e-3)]
    [InlineData(SafetensorsType.BFloat16, ScalarType.Float32, 1e-2)]
    [InlineData(SafetensorsType.Float32, ScalarType.BFloat16, 4e-2)]
    public void Narrow_types_in_the_file_or_in_memory_stay_near_the_reference(SafetensorsType stored, ScalarType type, double tolerance)
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteWhisper(folder.Path, stored);
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("whisper");
        using var model = WhisperModel.Load(folder.Path, new ModelLoadingOptions { Type = type });
        var audio = model.Encoder.Encode(WhisperInputs.ShortMel());
        Assert.Equal(type, audio.dtype);
        TensorAssert.Close(golden.ReadFloat32("encoder_output"), audio, tolerance);
        var tokens = golden.Long("tokens").unsqueeze(0);
        using var cache = model.Decoder.CreateCache(audio);
        var logits = model.Decoder.Decode(tokens, cache);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        TensorAssert.Close(golden.ReadFloat32("logits_last"), logits, tolerance);
    }

    [Fact]
    public void Float16_computes_near_the_reference_or_is_refused_with_a_remedy()
    {
        using var folder = new TemporaryFolder();
        FormulaModels.WriteWhisper(folder.Path, SafetensorsType.Float16);
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("whisper");
        try
        {
            using var model = WhisperModel.Load(folder.Path, new ModelLoadingOptions { Type = ScalarType.Float16 });
            TensorAssert.Close(golden.ReadFloat32("encoder_output"), model.Encoder.Encode(WhisperInputs.ShortMel()), 1e-2);
        }
        catch (NotSupportedException exception)
        {
            Assert.Contains("load as bfloat16 or float32", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string OpenAIName(string name)
    {
        (string Hub, string Own)[] parts =
        [
            ("model.", ""), (".layers.", ".blocks."), (".self_attn_layer_norm", ".attn_ln"), (".encoder_attn_layer_norm", ".cross_attn_ln"),
            (".final_layer_norm", ".mlp_ln"), (".self_attn.", ".attn."), (".encoder_attn.", ".cross_attn."), (".q_proj", ".query"),
            (".k_proj", ".key"),
            (".v_proj", ".value"), (".out_proj", ".out"), (".fc1", ".mlp.0"), (".fc2", ".mlp.2"), ("encoder.layer_norm", "encoder.ln_post"),
            ("decoder.layer_norm", "decoder.ln"), ("embed_tokens", "token_embedding"), ("embed_positions.weight", "positional_embedding"),
        ];
        return parts.Aggregate(name, (path, part) => path.Replace(part.Hub, part.Own, StringComparison.Ordinal));
    }
}
