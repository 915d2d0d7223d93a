using BrewClip.Models.Whisper.Decoding;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Whatever its neighbours are, an utterance decodes as it would alone, and as it would without a cache.</summary>
public class BatchDecodingTests(ShortRecording recording) : IClassFixture<ShortRecording>
{
    private const int EndOfText = 50257;

    // Few enough tokens that the end is among them: utterances of one batch then end at different steps.
    private static readonly int[] _sparse = [.. Enumerable.Range(0, 51865).Where(id => id != EndOfText && id < 50364 && id % 997 != 0)];

    public static TheoryData<string, DecodingOptions> Options => new()
    {
        { "greedy", new() { MaxTokens = 20, SuppressTokens = WhisperTokenizers.NonSpeech } },
        { "greedy, "
            + "sparse", new() { Language = "en", MaxTokens = 40, SuppressTokens = _sparse, SuppressBlank = false, Timestamps = false } },
        { "beams", new() { Language = "en", MaxTokens = 16, BeamSize = 3, Patience = 2, SuppressTokens = _sparse } },
        { "samples", new() { Language = "en", MaxTokens = 16, Temperature = 0.8, BestOf = 3, SuppressTokens = _sparse, Seed = 3 } },
    };

    private static IReadOnlyList<int>[] Prompts => [[], [400, 401, 402, 403, 404], [7], [.. Enumerable.Range(500, 12)]];

    [Theory]
    [MemberData(nameof(Options), DisableDiscoveryEnumeration = true)]
    public void A_batch_gives_what_each_alone_gives(string name, DecodingOptions options)
    {
        Assert.NotEmpty(name);
        var task = new DecodingTask(recording.Whisper, WhisperTokenizers.IdsOnly, options);
        var together = task.DecodeFeatures(recording.Features, Prompts);
        for (int i = 0; i < together.Count; i++)
        {
            using var one = recording.Features.narrow(0, i, 1);
            AssertSame(task.DecodeFeatures(one, [Prompts[i]])[0], together[i]);
        }
    }

    [Fact]
    public void Utterances_that_end_early_leave_and_the_others_go_on()
    {
        using var scope = NewDisposeScope();
        var features = cat([recording.Features, recording.Features], 0);
        var task = new DecodingTask(
            recording.Whisper, WhisperTokenizers.IdsOnly, new() { Language = "en", MaxTokens = 24, Timestamps = false });
        var starts = Enumerable.Range(0, 8).Select(i => new UtteranceStart([50258, 50259, 50359, 50363], 0)).ToArray();
        using var session = new DecoderSession(recording.Whisper.Decoder, features, 40, new int[8]);
        // Utterance i ends after i + 1 tokens, chosen whatever the scores.
        var utterances = starts.Select((start, i) => new UtteranceDecoding(i, start, new EndingSelector(i + 1, EndOfText))).ToArray();
        new DecodingBatch(task, session, utterances).Run(default);
        Assert.Equal(Enumerable.Range(1, 8), utterances.Select(utterance => utterance.Selector.Sampled(0).Length));
        for (int i = 0; i < 8; i++)
        {
            var alone = new UtteranceDecoding(i, starts[i], new EndingSelector(i + 1, EndOfText));
            using var own = new DecoderSession(recording.Whisper.Decoder, features.narrow(0, i, 1), 40, [0]);
            new DecodingBatch(task, own, [alone]).Run(default);
            Assert.Equal(alone.Selector.Sampled(0).ToArray(), utterances[i].Selector.Sampled(0).ToArray());
        }
    }

    [Fact]
    public void Decoding_with_a_cache_is_decoding_without_one()
    {
        using var scope = NewDisposeScope();
        var options = new DecodingOptions
        {
            Language = "en",
            MaxTokens = 12,
            SuppressTokens = WhisperTokenizers.NonSpeech,
            PromptTokens = [400, 401],
        };
        var features = recording.Features.narrow(0, 1, 1);
        var task = new DecodingTask(recording.Whisper, WhisperTokenizers.IdsOnly, options);
        var sampled = new List<int>();
        while (sampled.Count < 12)
        {
            long[] all = [50361, 400, 401, 50258, 50259, 50359, .. sampled.Select(token => (long)token)];
            using var fresh = recording.Whisper.Decoder.CreateCache(features, all.Length);
            float[] logits = TensorAssert.Values(recording.Whisper.Decoder.Decode(tensor(all, [1, all.Length]), fresh));
            foreach (var filter in task.LogitFilters)
            {
                filter.Apply(logits, sampled.ToArray());
            }

            sampled.Add(Array.IndexOf(logits, logits.Max()));
        }

        Assert.Equal(sampled, task.DecodeFeatures(features)[0].Tokens);
    }

    [Fact]
    public void The_models_last_position_ends_a_decoding()
    {
        using var one = recording.Features.narrow(0, 0, 1);
        var options =
            new DecodingOptions { Language = "en", MaxTokens = 448, Timestamps = false, SuppressTokens = [EndOfText], PrefixTokens = [] };
        var result = new DecodingTask(recording.Whisper, WhisperTokenizers.IdsOnly, options).DecodeFeatures(one)[0];
        Assert.Equal(448 + 1 - 4, result.Tokens.Count);
    }

    private static void AssertSame(DecodingResult expected, DecodingResult actual)
    {
        Assert.Equal(expected.Tokens, actual.Tokens);
        Assert.Equal(expected.Language, actual.Language);
        Assert.Equal(expected.AverageLogProbability, actual.AverageLogProbability, 1e-4);
        Assert.Equal(expected.NoSpeechProbability, actual.NoSpeechProbability, 1e-8);
    }

    // Greedy, but ends when told to.
    private sealed class EndingSelector(int length, int end) : ITokenSelector
    {
        private readonly Hypothesis _sequence = new();

        public int Rows => 1;

        public ReadOnlySpan<int> Sampled(int row) => _sequence.Tokens;

        public bool Select(LogitRows logits, Span<int> tokens, Span<int> sources)
        {
            sources[0] = 0;
            if (_sequence.Length == length)
            {
                tokens[0] = end;
                return true;
            }

            var scores = logits[0];
            scores[end] = float.NegativeInfinity;
            tokens[0] = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(scores);
            _sequence.Append(tokens[0], 0);
            return false;
        }

        public IReadOnlyList<Hypothesis> Candidates() => [_sequence];
    }
}
