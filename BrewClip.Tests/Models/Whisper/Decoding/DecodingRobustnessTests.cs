using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;
using BrewClip.Models.Whisper.Decoding;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper.Decoding;

public class DecodingRobustnessTests(ShortRecording recording) : IClassFixture<ShortRecording>
{
    private static readonly DecodingOptions _short = new() { Language = "en", MaxTokens = 8, SuppressTokens = WhisperTokenizers.NonSpeech };

    private DecodingTask Task(DecodingOptions options) => new(recording.Whisper, WhisperTokenizers.IdsOnly, options);

    [Fact]
    public void Features_that_are_no_numbers_are_refused_not_decoded()
    {
        using var scope = NewDisposeScope();
        var features = full([1, 1500, 64], float.NaN);
        Assert.Throws<NotFiniteNumberException>(() => Task(_short).DecodeFeatures(features));
        Assert.Throws<NotFiniteNumberException>(() => Task(_short with { BeamSize = 2 }).DecodeFeatures(features));
        Assert.Throws<NotFiniteNumberException>(() => Task(_short with { Language = null }).DecodeFeatures(features));
    }

    [Fact]
    public void Shapes_that_are_not_the_models_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[1500, 64]", Refusal(() => Task(_short).DecodeFeatures(zeros(1500, 64))), StringComparison.Ordinal);
        Assert.Contains("[1, 1500, 63]", Refusal(() => Task(_short).DetectLanguages(zeros(1, 1500, 63))), StringComparison.Ordinal);
        Assert.Contains("[1, 80, 2999]", Refusal(() => Task(_short).Decode(zeros(80, 2999))), StringComparison.Ordinal);
        Assert.Contains(
            "1 prompts are given for 4", Refusal(() => Task(_short).DecodeFeatures(recording.Features, [[]])), StringComparison.Ordinal);

        static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    [Fact]
    public void As_many_tokens_as_a_number_holds_are_as_many_as_the_model_has_room_for()
    {
        var most = Task(_short with { MaxTokens = int.MaxValue }).DecodeFeatures(recording.Features.narrow(0, 0, 1))[0];
        var full = Task(_short with { MaxTokens = 448 }).DecodeFeatures(recording.Features.narrow(0, 0, 1))[0];
        Assert.Equal(full.Tokens, most.Tokens);
    }

    [Fact]
    public void Suppressing_everything_is_refused()
    {
        var task = Task(_short with { SuppressTokens = [.. Enumerable.Range(0, 51865)] });
        Assert.Throws<InvalidOperationException>(() => task.DecodeFeatures(recording.Features));
    }

    [Fact]
    public void A_cancelled_decoding_ends_and_leaves_no_tensor()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var features = recording.Features;
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Throws<OperationCanceledException>(() => Task(_short).DecodeFeatures(features, cancellation: cancelled.Token));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Repeated_decodings_leave_no_tensor_behind()
    {
        var features = recording.Features;
        Run();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run();
        Run();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Run()
        {
            Task(_short with { Language = null }).DecodeFeatures(features);
            Task(_short with { BeamSize = 3 }).DecodeFeatures(features, [[], [1, 2], [3], []]);
            Task(_short with { Temperature = 1, BestOf = 2 }).DecodeFeatures(features);
        }
    }

    [Fact]
    public void Noise_and_silence_are_decoded_like_anything_else()
    {
        using var scope = NewDisposeScope();
        var mel = cat([rand(1, 80, 3000) * 4 - 2, zeros(1, 80, 3000)], 0);
        Assert.All(
            Task(_short).DecodeBatch(mel), result => Assert.True(double.IsFinite(result.AverageLogProbability) && result.Tokens.Count > 0));
    }

    [Fact]
    public void Several_threads_may_decode_at_once()
    {
        var task = Task(_short);
        int[][] expected = [.. task.DecodeFeatures(recording.Features).Select(result => result.Tokens.ToArray())];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var one = recording.Features.narrow(0, i % 4, 1);
            Assert.Equal(expected[i % 4], task.DecodeFeatures(one)[0].Tokens);
        });
    }

    [Fact]
    public void A_model_in_bfloat16_decodes_nearly_the_same()
    {
        using var folder = new FormulaModelFixture();
        using var model = WhisperModel.Load(folder.WhisperFolder, new ModelLoadingOptions { Type = ScalarType.BFloat16 });
        using var one = recording.Features.narrow(0, 0, 1);
        var options = _short with { MaxTokens = 1 };
        var expected = Task(options).DecodeFeatures(one)[0];
        var actual = new DecodingTask(model, WhisperTokenizers.IdsOnly, options).DecodeFeatures(one)[0];
        Assert.Equal(expected.Tokens, actual.Tokens);
        Assert.Equal(expected.AverageLogProbability, actual.AverageLogProbability, 0.1);
        Assert.Equal(1, actual.NoSpeechProbability / expected.NoSpeechProbability, 0.2);
    }
}
