using BrewClip.Models.Whisper;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper;

/// <summary>Whatever is remembered, moved or dropped: the scores are those of the whole sequence decoded at once.</summary>
public class KeyValueCacheTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    private static readonly long[] _prompt = [50258, 50259, 50359, 50363];

    private WhisperDecoder Decoder => models.Whisper.Decoder;

    [Fact]
    public void Tokens_one_by_one_score_as_all_at_once()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(1);
        long[] tokens = [.. _prompt, 400, 1029, 7, 290];
        var whole = Whole(audio, tokens, tokens.Length);
        using var cache = Decoder.CreateCache(audio, capacity: tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            TensorAssert.Close(whole.narrow(1, i, 1), Decoder.Decode(Row(tokens[i]), cache), 1e-5);
        }

        Assert.Equal(tokens.Length, cache.Length);
    }

    [Fact]
    public void A_later_stretch_of_several_tokens_scores_as_all_at_once()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(1);
        long[] tokens = [.. _prompt, 400, 1029, 7, 290];
        using var cache = Decoder.CreateCache(audio);
        Decoder.Decode(Row(tokens[..3]), cache);
        TensorAssert.Close(Whole(audio, tokens, 5), Decoder.Decode(Row(tokens[3..]), cache, 5), 1e-5);
    }

    [Fact]
    public void Truncating_forgets_what_came_after()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(1);
        using var cache = Decoder.CreateCache(audio);
        Decoder.Decode(Row([.. _prompt, 5, 6, 7]), cache);
        cache.Truncate(_prompt.Length);
        TensorAssert.Close(Whole(audio, [.. _prompt, 99], 1), Decoder.Decode(Row(99), cache), 1e-5);
    }

    [Fact]
    public void Beams_continue_the_rows_they_are_reordered_to()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(2);
        using var cache = Decoder.CreateCache(audio, capacity: 12);
        Decoder.Decode(cat([Row(_prompt), Row(_prompt)], 0), cache);
        cache.Repeat(3);
        Assert.Equal((2, 3, 6), (cache.Utterances, cache.RowsPerUtterance, cache.Rows));
        Decoder.Decode(Column(10, 11, 12, 20, 21, 22), cache);
        cache.Reorder([2, 0, 0, 3, 5, 4]);
        var scores = Decoder.Decode(Column(1, 2, 3, 4, 5, 6), cache);
        long[][] continued = [[12, 1], [10, 2], [10, 3], [20, 4], [22, 5], [21, 6]];
        for (int row = 0; row < continued.Length; row++)
        {
            TensorAssert.Close(Whole(audio.narrow(0, row / 3, 1), [.. _prompt, .. continued[row]], 1), scores.narrow(0, row, 1), 1e-5);
        }
    }

    [Fact]
    public void Utterances_that_leave_do_not_change_those_that_stay()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(3);
        using var cache = Decoder.CreateCache(audio, capacity: 12);
        Decoder.Decode(cat([Row(_prompt), Row(_prompt), Row(_prompt)], 0), cache);
        cache.Repeat(2);
        Decoder.Decode(Column(1, 2, 3, 4, 5, 6), cache);
        cache.KeepUtterances([2, 0]);
        Assert.Equal((2, 4), (cache.Utterances, cache.Rows));
        var scores = Decoder.Decode(Column(7, 8, 9, 10), cache);
        long[][] continued = [[5, 7], [6, 8], [1, 9], [2, 10]];
        int[] utterances = [2, 2, 0, 0];
        for (int row = 0; row < continued.Length; row++)
        {
            TensorAssert.Close(
                Whole(audio.narrow(0, utterances[row], 1), [.. _prompt, .. continued[row]], 1), scores.narrow(0, row, 1), 1e-5);
        }
    }

    [Fact]
    public void Prompts_of_unequal_length_padded_on_the_left_score_as_each_alone()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(2);
        long[] longer = [50361, 400, 401, .. _prompt];
        using var cache = Decoder.CreateCache(audio, leftPadding: [3, 0]);
        var first = Decoder.Decode(cat([Row([50257, 50257, 50257, .. _prompt]), Row(longer)], 0), cache);
        TensorAssert.Close(Whole(audio.narrow(0, 0, 1), _prompt, 1), first.narrow(0, 0, 1), 1e-5);
        TensorAssert.Close(Whole(audio.narrow(0, 1, 1), longer, 1), first.narrow(0, 1, 1), 1e-5);

        cache.Repeat(2);
        var second = Decoder.Decode(Column(1, 2, 3, 4), cache);
        TensorAssert.Close(Whole(audio.narrow(0, 0, 1), [.. _prompt, 2], 1), second.narrow(0, 1, 1), 1e-5);
        TensorAssert.Close(Whole(audio.narrow(0, 1, 1), [.. longer, 3], 1), second.narrow(0, 2, 1), 1e-5);

        cache.KeepUtterances([0]);
        var third = Decoder.Decode(Column(5, 6), cache);
        TensorAssert.Close(Whole(audio.narrow(0, 0, 1), [.. _prompt, 1, 5], 1), third.narrow(0, 0, 1), 1e-5);
    }

    [Fact]
    public void Alignment_scores_are_the_scaled_products_whose_softmax_attends()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(1);
        using var cache = Decoder.CreateCache(audio);
        using var plain = Decoder.CreateCache(audio);
        var tokens = Row([.. _prompt, 400, 401]);
        var (states, scores) = Decoder.Align(tokens, cache, [new(1, 1), new(0, 0)]);
        Assert.Equal([2, 1, 6, 1500], scores.shape);
        TensorAssert.Close(Decoder.States(tokens, plain), states, 1e-6);
        TensorAssert.Close(FirstLayerScores(tokens, audio, head: 0), scores.select(0, 1), 1e-4);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_cache_stays_usable()
    {
        using var scope = NewDisposeScope();
        var audio = Audio(2);
        using var cache = Decoder.CreateCache(audio, capacity: 4);
        Assert.Contains("[2, 1 or more]", Refusal(() => Decoder.Decode(Row(1), cache)), StringComparison.Ordinal);
        Assert.Contains(
            "5 positions", Refusal(() => Decoder.Decode(zeros(2, 5, dtype: ScalarType.Int64), cache)), StringComparison.Ordinal);
        Assert.Contains("vocabulary", Refusal(() => Decoder.Decode(Column(1, 51865), cache)), StringComparison.Ordinal);
        Assert.Contains("another utterance", Refusal(() => cache.Reorder([1, 0])), StringComparison.Ordinal);
        Assert.Contains("1 sources", Refusal(() => cache.Reorder([0])), StringComparison.Ordinal);
        Assert.Contains("Utterance 2", Refusal(() => cache.KeepUtterances([2])), StringComparison.Ordinal);
        Assert.Contains("Alignment heads", Refusal(() => Decoder.Align(Column(1, 2), cache, [new(2, 0)])), StringComparison.Ordinal);
        Assert.Contains("[1500, 64]", Refusal(() => Decoder.CreateCache(audio[0])), StringComparison.Ordinal);
        Assert.Equal([2, 4, 51865], Decoder.Decode(zeros(2, 4, dtype: ScalarType.Int64), cache, 4).shape);

        static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    [Fact]
    public void The_models_positions_are_the_limit_whatever_the_capacity()
    {
        using var scope = NewDisposeScope();
        using var cache = Decoder.CreateCache(Audio(1), capacity: 500);
        Decoder.States(zeros(1, 448, dtype: ScalarType.Int64), cache);
        Assert.Contains("448", Assert.Throws<ArgumentException>(() => Decoder.States(Row(1), cache)).Message, StringComparison.Ordinal);
    }

    // The definition: keys and queries by name from the state dictionary, one head, no cache.
    private Tensor FirstLayerScores(Tensor tokens, Tensor audio, int head)
    {
        var state = models.Whisper.state_dict();
        const string Layer = "model.decoder.layers.0.";
        var x = state["model.decoder.embed_tokens.weight"][tokens[0]] + state["model.decoder.embed_positions.weight"].narrow(
            0, 0, tokens.shape[1]);
        var normed = Norm(x, "self_attn_layer_norm");
        var (q, k, v) = (Linear(normed, "self_attn.q_proj"), Linear(normed, "self_attn.k_proj", false), Linear(normed, "self_attn.v_proj"));
        var causal = ones(tokens.shape[1], tokens.shape[1]).triu(1) * -1e9f;
        var heads = Enumerable.Range(0, 2).Select(h =>
            (q.narrow(1, h * 32, 32).mm(k.narrow(1, h * 32, 32).t()) / Math.Sqrt(32) + causal).softmax(1).mm(v.narrow(1, h * 32, 32)));
        x = x + Linear(cat(heads.ToArray(), 1), "self_attn.out_proj");
        var question = Linear(Norm(x, "encoder_attn_layer_norm"), "encoder_attn.q_proj").narrow(1, head * 32, 32);
        var keys = Linear(audio[0], "encoder_attn.k_proj", false).narrow(1, head * 32, 32);
        return question.mm(keys.t()).unsqueeze(0) / Math.Sqrt(32);

        Tensor Linear(Tensor input, string name, bool bias = true) =>
            nn.functional.linear(input, state[Layer + name + ".weight"], bias ? state[Layer + name + ".bias"] : null);
        Tensor Norm(Tensor input, string name) =>
            nn.functional.layer_norm(input, [64], state[Layer + name + ".weight"], state[Layer + name + ".bias"]);
    }

    private static Tensor Audio(int utterances)
    {
        var values = Support.FormulaWeights.Uniform("audio", utterances * 1500L * 64);
        return tensor(values, [utterances, 1500, 64]);
    }

    private static Tensor Row(params long[] tokens) => tensor(tokens, [1, tokens.Length]);

    private static Tensor Column(params long[] tokens) => tensor(tokens, [tokens.Length, 1]);

    private Tensor Whole(Tensor audio, long[] tokens, int lastPositions)
    {
        using var cache = Decoder.CreateCache(audio, capacity: tokens.Length);
        return Decoder.Decode(Row(tokens), cache, lastPositions);
    }
}
