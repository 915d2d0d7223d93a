using BrewClip.Core.Checkpoints;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper;

public class WhisperForwardTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    [Fact]
    public void Encoder_output_equals_the_reference()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("whisper");
        TensorAssert.Close(golden.Float("encoder_output").unsqueeze(0), models.Whisper.Encoder.Encode(WhisperInputs.ShortMel()));
    }

    [Fact]
    public void Logits_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("whisper");
        var tokens = golden.Long("tokens").unsqueeze(0);
        using var cache = models.Whisper.Decoder.CreateCache(golden.Float("encoder_output").unsqueeze(0));
        var logits = models.Whisper.Decoder.Decode(tokens, cache, (int)tokens.shape[1]);
        TensorAssert.Close(golden.ReadFloat32("logits_last"), logits.select(1, tokens.shape[1] - 1));
        TensorAssert.Close(golden.ReadFloat32("logits_first_512"), logits.narrow(2, 0, 512));
    }

    [Fact]
    public void Every_layer_is_returned_from_the_common_input_to_the_normed_output()
    {
        using var scope = NewDisposeScope();
        var mel = WhisperInputs.ShortMel();
        var states = models.Whisper.Encoder.EncodeLayers(mel);
        Assert.Equal(3, states.Count);
        Assert.All(states, state => Assert.Equal([1, 1500, 64], state.shape));
        TensorAssert.Close(models.Whisper.Encoder.Encode(mel), states[^1], 1e-6);
    }

    [Fact]
    public void A_batch_of_utterances_equals_each_alone()
    {
        using var scope = NewDisposeScope();
        var mel = WhisperInputs.ShortMel();
        var other = mel.flip(2);
        var together = models.Whisper.Encoder.Encode(cat([mel, other], 0));
        TensorAssert.Close(models.Whisper.Encoder.Encode(mel), together.narrow(0, 0, 1), 1e-5);
        TensorAssert.Close(models.Whisper.Encoder.Encode(other), together.narrow(0, 1, 1), 1e-5);
    }

    [Fact]
    public void Spectrograms_of_another_shape_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[1, 128, 3000]", Refusal(zeros(1, 128, 3000)), StringComparison.Ordinal);
        Assert.Contains("[1, 80, 2999]", Refusal(zeros(1, 80, 2999)), StringComparison.Ordinal);
        Assert.Contains("[80, 3000]", Refusal(zeros(80, 3000)), StringComparison.Ordinal);

        string Refusal(Tensor mel) => Assert.Throws<ArgumentException>(() => models.Whisper.Encoder.Encode(mel)).Message;
    }

    [Fact]
    public void Encoding_and_decoding_leave_no_tensor_behind()
    {
        using var mel = WhisperInputs.ShortMel();
        Transcribe();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Transcribe();
        Transcribe();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Transcribe()
        {
            using var audio = models.Whisper.Encoder.Encode(mel);
            using var cache = models.Whisper.Decoder.CreateCache(audio, capacity: 8);
            using var tokens = tensor((long[])[50258, 50259], [1, 2]);
            using var next = tensor((long[])[11, 12], [2, 1]);
            models.Whisper.Decoder.Decode(tokens, cache).Dispose();
            cache.Repeat(2);
            models.Whisper.Decoder.Decode(next, cache).Dispose();
            cache.Reorder([1, 0]);
            cache.KeepUtterances([0]);
            var (states, scores) = models.Whisper.Decoder.Align(next, cache, [new(0, 1), new(1, 0)]);
            states.Dispose();
            scores.Dispose();
            foreach (var state in models.Whisper.Encoder.EncodeLayers(mel))
            {
                state.Dispose();
            }
        }
    }

    [SharedFact("weights/whisper-base-encoder/model.safetensors", "weights/whisper-base-encoder/jfk.safetensors")]
    public void The_published_base_encoder_hears_a_real_recording_as_the_reference_does()
    {
        using var scope = NewDisposeScope();
        using var reference = SafetensorsFile.Open(TestFiles.InShared("weights", "whisper-base-encoder", "jfk.safetensors"));
        using var encoder = WhisperEncoder.Load(TestFiles.InShared("weights", "whisper-base-encoder"));
        var output = encoder.Encode(reference.Float("log_mel").unsqueeze(0));
        TensorAssert.Close(reference.Float("encoder_output").unsqueeze(0), output);
    }
}
