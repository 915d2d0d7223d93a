using BrewClip.Core.Retrieval.Indexing;

namespace BrewClip.Tests.Core.Retrieval.Indexing;

public sealed class ModelIdentityTests
{
    [Theory]
    [InlineData("openai/clip-vit-base-patch32", null)]
    [InlineData("openai/clip-vit-base-patch32", "00ffAA11")]
    [InlineData("photos [2024]", null)]
    [InlineData("photos [2024]", "beef")]
    [InlineData("photos []", null)]
    [InlineData("photos [] [cafe]", null)]
    [InlineData("photos [my own]", null)]
    [InlineData("half [open", "1")]
    [InlineData("", null)]
    [InlineData("", "12")]
    [InlineData(" [12]", null)]
    public void What_is_written_reads_back_whatever_the_name_ends_in(string name, string? fingerprint)
    {
        var identity = new ModelIdentity(name, fingerprint);
        Assert.Equal(identity, ModelIdentity.Parse(identity.ToString()));
    }

    [Fact]
    public void A_plain_name_is_written_as_it_is_and_a_fingerprint_behind_it()
    {
        Assert.Equal("clip", new ModelIdentity("clip").ToString());
        Assert.Equal("clip [ab12]", new ModelIdentity("clip", "ab12").ToString());
        Assert.Equal("photos [2024] []", new ModelIdentity("photos [2024]").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("12]")]
    public void A_fingerprint_that_is_no_hexadecimal_number_is_refused(string fingerprint)
    {
        Assert.Contains(
            $"'{fingerprint}'", Assert.Throws<ArgumentException>(() => new ModelIdentity("clip", fingerprint)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ModelIdentity("clip") with { Fingerprint = fingerprint });
    }

    [Fact]
    public void Names_alone_are_compared_where_one_has_no_fingerprint()
    {
        Assert.True(new ModelIdentity("a [12]").Matches(new ModelIdentity("a [12]")));
        Assert.False(new ModelIdentity("a [12]").Matches(new ModelIdentity("a", "12")));
        Assert.True(new ModelIdentity("a", "Ab").Matches(new ModelIdentity("elsewhere", "aB")));
    }
}
