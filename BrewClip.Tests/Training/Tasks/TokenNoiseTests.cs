using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

[Collection(RandomStateCollection.Name)]
public sealed class TokenNoiseTests
{
    [Fact]
    public void Noise_replaces_its_share_of_the_words_by_words_and_no_special_token()
    {
        using var scope = NewDisposeScope();
        manual_seed(3).Dispose();
        const int Words = 500, Count = 4_000;
        var tokens = full([2, Count], 7, dtype: ScalarType.Int64);
        tokens[1].fill_(Words);
        long[] disturbed = TokenNoise.Disturb(tokens, Words, 0.25).data<long>().ToArray();
        Assert.All(disturbed[Count..], token => Assert.Equal(Words, token));
        Assert.All(disturbed[..Count], token => Assert.InRange(token, 0, Words - 1));
        Assert.InRange(disturbed[..Count].Count(token => token != 7) / (double)Count, 0.22, 0.28);
        Assert.True(disturbed[..Count].Distinct().Count() > 300);
    }

    [Fact]
    public void No_share_leaves_every_token()
    {
        using var scope = NewDisposeScope();
        var tokens = arange(20, dtype: ScalarType.Int64).view(4, 5);
        Assert.Equal(tokens.data<long>().ToArray(), TokenNoise.Disturb(tokens, 10, 0).data<long>().ToArray());
    }
}
