using BrewClip.Core.Checkpoints;
using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Loading;

/// <summary>Folders that must not load: each says what is wrong, and leaves nothing behind.</summary>
public class DamagedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_unexpected_and_wrongly_shaped_parameters_are_all_named_at_once()
    {
        var tensors = FormulaModels.Clip.Values
            .Where(tensor => tensor.Name is not ("text_projection.weight" or "vision_model.post_layernorm.bias"))
            .Select(tensor => tensor.Name == "visual_projection.weight" ? tensor with { Shape = [24, 256] } : tensor)
            .Append(new FormulaTensor("text_model.extra", [3], new float[3]));
        FormulaModels.Write(_folder.Path, FormulaModels.ClipConfig, tensors);
        var exception = Assert.Throws<CheckpointMismatchException>(() => ClipModel.Load(_folder.Path));
        Assert.Equal(
            ["text_projection.weight [48, 128]", "vision_model.post_layernorm.bias [128]"],
            exception.Missing.Order(StringComparer.Ordinal));
        Assert.Equal(["text_model.extra [3]"], exception.Unexpected);
        Assert.Equal(["visual_projection.weight [24, 256] instead of [48, 128]"], exception.WrongShapes);
        string[] parts = [.. exception.Missing, .. exception.Unexpected, .. exception.WrongShapes];
        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Unexpected_parameters_are_passed_over_when_allowed()
    {
        FormulaModels.Write(
            _folder.Path, FormulaModels.ClipConfig, [.. FormulaModels.Clip.Values, new("adapter.weight", [2], new float[2])]);
        Assert.Throws<CheckpointMismatchException>(() => ClipModel.Load(_folder.Path));
        ClipModel.Load(_folder.Path, new ModelLoadingOptions { AllowUnexpected = true }).Dispose();
    }

    [Fact]
    public void A_configuration_that_contradicts_the_weights_is_refused_before_anything_is_allocated()
    {
        FormulaModels.WriteWhisper(_folder.Path);
        string huge = FormulaModels.WhisperConfig.Replace("\"d_model\": 64", "\"d_model\": 1048576", StringComparison.Ordinal);
        File.WriteAllText(_folder["config.json"], huge);
        string message = Assert.Throws<CheckpointMismatchException>(() => WhisperModel.Load(_folder.Path)).Message;
        Assert.Contains("[1048576, 80, 3]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alignment_head_that_the_decoder_lacks_is_refused()
    {
        FormulaModels.WriteWhisper(_folder.Path);
        File.WriteAllText(_folder["generation_config.json"], """{ "alignment_heads": [[1, 0], [1, 2]] }""");
        string message = Assert.Throws<InvalidDataException>(() => WhisperModel.Load(_folder.Path)).Message;
        Assert.Contains("head 2 of layer 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alignment_heads_that_are_none_or_the_same_again_and_again_are_those_that_there_are()
    {
        FormulaModels.WriteWhisper(_folder.Path);
        File.WriteAllText(_folder["generation_config.json"], """{ "alignment_heads": [] }""");
        using (var none = WhisperModel.Load(_folder.Path))
        {
            Assert.Equal([new AlignmentHead(1, 0), new AlignmentHead(1, 1)], none.AlignmentHeads);
        }

        string again = string.Join(", ", Enumerable.Repeat("[1, 1], [0, 1]", 5_000));
        File.WriteAllText(_folder["generation_config.json"], $$"""{ "alignment_heads": [{{again}}] }""");
        using var twice = WhisperModel.Load(_folder.Path);
        Assert.Equal([new AlignmentHead(1, 1), new AlignmentHead(0, 1)], twice.AlignmentHeads);
    }

    [Fact]
    public void A_checkpoint_that_is_replaced_while_it_is_loaded_does_not_become_half_of_each()
    {
        FormulaModels.WriteClip(_folder["one"]);
        FormulaModels.Write(
            _folder["two"], FormulaModels.ClipConfig,
            FormulaModels.Clip.Values.Select(tensor => tensor with { Values = [.. tensor.Values.Select(value => 2 * value)] }));
        string path = _folder["one", "model.safetensors"], other = _folder["two", "model.safetensors"];
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddMinutes(1));
        var replacing = new Replacing(() => File.Move(other, path, overwrite: true));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var error = Assert.Throws<IOException>(() => ClipModel.Load(_folder["one"], new ModelLoadingOptions { Progress = replacing }));
        Assert.Contains("load it again", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        ClipModel.Load(_folder["one"]).Dispose();
    }

    private sealed class Replacing(Action replace) : IProgress<double>
    {
        private bool _done;

        public void Report(double value)
        {
            if (!_done)
            {
                _done = true;
                replace();
            }
        }
    }

    [Fact]
    public void The_same_parameter_under_two_names_is_refused()
    {
        var twice = FormulaModels.Whisper["model.encoder.conv1.bias"] with { Name = "encoder.conv1.bias" };
        FormulaModels.Write(_folder.Path, FormulaModels.WhisperConfig, [.. FormulaModels.Whisper.Values, twice]);
        string message = Assert.Throws<CheckpointMismatchException>(() => WhisperModel.Load(_folder.Path)).Message;
        Assert.Contains("the same parameter", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    public void A_folder_that_lacks_a_file_is_named_with_it(string file)
    {
        FormulaModels.WriteClip(_folder.Path);
        File.Delete(_folder[file]);
        var exception = Assert.Throws<FileNotFoundException>(() => ClipModel.Load(_folder.Path));
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_checkpoint_is_refused()
    {
        FormulaModels.WriteClip(_folder.Path);
        using (var stream = new FileStream(_folder["model.safetensors"], FileMode.Open))
        {
            stream.SetLength(stream.Length - 1000);
        }

        Assert.Contains(
            "model.safetensors", Assert.Throws<InvalidDataException>(() => ClipModel.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "no number")]
    [InlineData(float.NegativeInfinity, "infinite")]
    public void Weights_that_are_not_finite_are_refused_by_name_unless_the_check_is_off(float value, string reason)
    {
        var values = (float[])FormulaModels.Clip["vision_model.encoder.layers.1.mlp.fc1.weight"].Values.Clone();
        values[77] = value;
        FormulaModels.Write(_folder.Path, FormulaModels.ClipConfig, FormulaModels.Clip.Values.Select(tensor =>
            tensor.Name == "vision_model.encoder.layers.1.mlp.fc1.weight" ? tensor with { Values = values } : tensor));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var exception = Assert.Throws<InvalidDataException>(() => ClipModel.Load(_folder.Path));
        Assert.Contains("vision_model.encoder.layers.1.mlp.fc1.weight", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        ClipModel.Load(_folder.Path, new ModelLoadingOptions { CheckFinite = false }).Dispose();
    }

    [Fact]
    public void Weights_stored_as_integers_are_refused()
    {
        File.WriteAllText(_folder["config.json"], FormulaModels.ClipConfig);
        SafetensorsWriter.Write(
            _folder["model.safetensors"], FormulaModels.Clip.Values.Select(tensor => tensor.Name == "visual_projection.weight"
            ? new TensorData(tensor.Name, SafetensorsType.Int32, tensor.Shape, new byte[tensor.Values.Length * 4])
            : TensorData.FromFloat32(tensor.Name, tensor.Shape, tensor.Values)));
        string message = Assert.Throws<InvalidDataException>(() => ClipModel.Load(_folder.Path)).Message;
        Assert.Contains("visual_projection.weight as Int32", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_beyond_float16_is_refused_where_float16_is_asked_for()
    {
        using var reader = new CheckpointReaderProbe(_folder, 1e6f);
        string message = Assert.Throws<InvalidDataException>(() => reader.Fill(ScalarType.Float16)).Message;
        Assert.Contains("beyond what float16 can hold", message, StringComparison.Ordinal);
        reader.Fill(ScalarType.BFloat16);
        Assert.Equal(999424f, reader.FirstValue);
    }

    [Fact]
    public void Types_that_are_no_weights_and_devices_that_are_absent_are_refused()
    {
        FormulaModels.WriteClip(_folder.Path);
        Assert.Throws<ArgumentException>(() => ClipModel.Load(_folder.Path, new ModelLoadingOptions { Type = ScalarType.Int64 }));
        if (!cuda.is_available())
        {
            var exception = Assert.Throws<NotSupportedException>(
                () => ClipModel.Load(_folder.Path, new ModelLoadingOptions { Device = new Device("cuda") }));
            Assert.Contains("CUDA", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cancelled_loading_leaves_no_tensor_behind()
    {
        FormulaModels.WriteWhisper(_folder.Path);
        using var source = new CancellationTokenSource();
        var options = new ModelLoadingOptions { Progress = new CancelAt(0.5, source) };
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Throws<OperationCanceledException>(() => WhisperModel.Load(_folder.Path, options, source.Token));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_file_is_free_once_the_model_is_loaded()
    {
        FormulaModels.WriteClip(_folder.Path);
        using var model = ClipModel.Load(_folder.Path);
        File.Delete(_folder["model.safetensors"]);
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        TensorAssert.Close(golden.Float("image_embeds"), model.Vision.Encode(golden.Float("image")));
    }

    private sealed class CancelAt(double fraction, CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= fraction)
            {
                source.Cancel();
            }
        }
    }

    private sealed class CheckpointReaderProbe : IDisposable
    {
        private readonly string _path;
        private readonly Tensor _destination = zeros(3, dtype: ScalarType.BFloat16);

        public CheckpointReaderProbe(TemporaryFolder folder, float value)
        {
            _path = folder["one.safetensors"];
            SafetensorsWriter.Write(_path, [TensorData.FromFloat32("logit_scale", [3], (float[])[value, 0, 0])]);
        }

        public float FirstValue => TensorAssert.Values(_destination)[0];

        public void Fill(ScalarType type)
        {
            using var reader = new CheckpointReader(_path, new ModelLoadingOptions { Type = type });
            var plan = CheckpointPlan.Create(reader.File, new ClipNames(), [new("logit_scale", [3])], [], allowUnexpected: false);
            reader.Fill(plan, new Dictionary<string, Tensor> { ["logit_scale"] = _destination }, CancellationToken.None);
        }

        public void Dispose() => _destination.Dispose();
    }
}
