using System.Text.Json;
using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Text;

public class TextNormalizerTests
{
    private static readonly EnglishTextNormalizer _english = new();

    [Fact]
    public void Every_golden_text_is_normalised_as_the_reference_does()
    {
        using var goldens = JsonDocument.Parse(File.ReadAllBytes(TestFiles.Golden("whisper", "normalizer.json")));
        foreach (JsonElement golden in goldens.RootElement.EnumerateArray())
        {
            string text = golden.GetProperty("text").GetString()!;
            Assert.Equal(golden.GetProperty("english").GetString(), _english.Normalize(text));
            Assert.Equal(golden.GetProperty("basic").GetString(), new BasicTextNormalizer().Normalize(text));
        }
    }

    // Expected values were computed with the reference implementation.
    [Theory]
    [InlineData("three and a half million dollars", "$3500000")]
    [InlineData("a dog and a half", "a dog and a half")]
    [InlineData("twenty twenty one", "2021")]
    [InlineData("one oh one", "101")]
    [InlineData("triple seven double o", "77700")]
    [InlineData("two dollars and seven cents", "$2.07")]
    [InlineData("minus twenty two point five", "-22.5")]
    [InlineData("the twenty first and the hundredth", "the 21st and the 100th")]
    [InlineData("five per cent per day", "5% per day")]
    [InlineData("$1 and 1.5 and 1s", "one and one.5 and ones")]
    [InlineData("ninth ninety ninth", "ninth 90 ninth")]
    [InlineData("the 1960s, nineteen sixties", "the 1960s 1960s")]
    [InlineData("$0.50", "¢50")]
    [InlineData("ten thousand and five hundred", "10500")]
    [InlineData("point", "point")]
    [InlineData("the organisation's favourite theatre programme", "the organization is favorite theater program")]
    [InlineData("Łódź œuvre ﬁne １２", "lodz oeuvre fine 12")]
    [InlineData("hmm, mm, he'd been there; it's got wet", "he had been there it has got wet")]
    [InlineData("", "")]
    public void English_text_is_normalised(string text, string expected)
    {
        Assert.Equal(expected, _english.Normalize(text).Trim());
    }

    [Fact]
    public void Basic_text_can_lose_accents_and_be_split_into_characters()
    {
        Assert.Equal("cafe zurich", new BasicTextNormalizer(removeDiacritics: true).Normalize("Café (bar) Zürich"));
        Assert.Equal("日 本 語", new BasicTextNormalizer(splitLetters: true).Normalize("日本語"));
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more_for_plain_sentences()
    {
        foreach (string text in new[] { "two people walk", "a colour photograph of 21 dogs", "she has got 1234567 tokens", "let us go" })
        {
            string once = _english.Normalize(text);
            Assert.Equal(once, _english.Normalize(once));
        }
    }

    [Fact]
    public void A_long_text_of_brackets_that_never_close_takes_linear_time()
    {
        // A quadratic pattern would take hours on this.
        Assert.Equal("", _english.Normalize(new string('(', 200_000) + "["));
    }
}
