using BrewClip.Models.Whisper.Decoding;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>Selectors over a made-up language in which a token's score depends on the token before it.</summary>
public class TokenSelectorTests
{
    private const int Vocabulary = 7, End = 6;

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, null)]
    [InlineData(3, 2.0)]
    [InlineData(4, 0.5)]
    [InlineData(5, 1.4)]
    public void Beam_search_finds_what_its_definition_over_whole_sequences_finds(int beams, double? patience)
    {
        for (int language = 0; language < 20; language++)
        {
            var selector = new BeamSelector(new DecodingOptions { BeamSize = beams, Patience = patience }, End);
            Run(selector, language, steps: 6);
            var expected = BeamSearchOracle.Search(Table(language), End, beams, (int)Math.Round(beams * (patience ?? 1)), steps: 6);
            Assert.Equal(
                expected.Select(item => string.Join(' ', item.Tokens)),
                selector.Candidates().Select(item => string.Join(' ', item.Tokens.ToArray())));
            Assert.All(expected.Zip(selector.Candidates()), pair => Assert.Equal(pair.First.Score, pair.Second.LogProbability, 1e-4));
        }
    }

    [Fact]
    public void One_beam_chooses_as_greedy_decoding_does()
    {
        for (int language = 0; language < 20; language++)
        {
            var greedy = new SamplingSelector(new DecodingOptions(), End);
            var beam = new BeamSelector(new DecodingOptions { BeamSize = 1 }, End);
            Run(greedy, language, steps: 8);
            Run(beam, language, steps: 8);
            Assert.Equal(greedy.Candidates()[0].Tokens.ToArray(), beam.Candidates()[0].Tokens.ToArray());
            Assert.Equal(greedy.Candidates()[0].LogProbability, beam.Candidates()[0].LogProbability, 1e-5);
        }
    }

    [Fact]
    public void Samples_repeat_for_a_seed_and_differ_between_rows_and_seeds()
    {
        string Sample(int seed)
        {
            var selector = new SamplingSelector(new DecodingOptions { Temperature = 1, BestOf = 3, Seed = seed }, End);
            Run(selector, language: 0, steps: 12);
            return string.Join('|', selector.Candidates().Select(item => string.Join(' ', item.Tokens.ToArray())));
        }

        Assert.Equal(Sample(1), Sample(1));
        Assert.NotEqual(Sample(1), Sample(2));
        Assert.True(Sample(1).Split('|').Distinct().Count() > 1);
    }

    [Fact]
    public void The_length_or_its_penalty_divides_the_log_probability_in_ranking()
    {
        Hypothesis[] candidates = [Sequence(-4, 1, 2), Sequence(-5, 1, 2, 3, 4), Sequence(-3.9f)];
        Assert.Same(candidates[1], new LikelihoodRanker(null).Best(candidates));
        Assert.Same(candidates[2], new LikelihoodRanker(0).Best(candidates));
        Assert.Same(candidates[1], new LikelihoodRanker(1).Best(candidates));
        Assert.Same(candidates[0], new LikelihoodRanker(null).Best([candidates[0], Sequence(-4, 3, 4)]));

        static Hypothesis Sequence(float total, params int[] tokens)
        {
            var sequence = new Hypothesis();
            Array.ForEach(tokens, token => sequence.Append(token, 0));
            sequence.End(total);
            return sequence;
        }
    }

    // Scores by the token before; the row of the start is the end's.
    private static float[][] Table(int language)
    {
        var values = FormulaWeights.Uniform($"language {language}", Vocabulary * Vocabulary);
        return [.. values.Select(value => value * 3).Chunk(Vocabulary)];
    }

    private static void Run(ITokenSelector selector, int language, int steps)
    {
        var table = Table(language);
        var (tokens, sources) = (new int[selector.Rows], new int[selector.Rows]);
        float[] logits = [.. table[End]];
        for (int step = 0; step < steps; step++)
        {
            if (selector.Select(new LogitRows(logits, Vocabulary), tokens, sources))
            {
                return;
            }

            logits = [.. tokens.SelectMany(token => table[token])];
        }
    }
}
