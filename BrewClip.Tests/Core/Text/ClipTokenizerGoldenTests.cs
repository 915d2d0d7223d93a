using System.Text.Json;
using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Text;

public class ClipTokenizerGoldenTests
{
    [SharedTheory("tokenizers/clip")]
    [InlineData("")]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    [InlineData("bpe_simple_vocab_16e6.txt.gz")]
    public void Every_golden_text_has_the_reference_ids(string file)
    {
        ClipTokenizer tokenizer = ClipTokenizer.Load(TestFiles.InShared("tokenizers", "clip", file), 49408);
        using var goldens = JsonDocument.Parse(File.ReadAllBytes(TestFiles.Golden("clip", "tokenizer.json")));
        foreach (JsonElement golden in goldens.RootElement.EnumerateArray())
        {
            string text = golden.GetProperty("text").GetString()!;
            int[] ids = [.. golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            Assert.Equal(ids, new[] { tokenizer.StartOfText }.Concat(tokenizer.Encode(text)).Append(tokenizer.EndOfText));
            Assert.Equal(golden.GetProperty("padded77").EnumerateArray().Select(id => id.GetInt32()), tokenizer.EncodeForModel(text));
        }
    }

    [SharedFact("tokenizers/clip")]
    public void Openai_and_hub_files_hold_the_same_vocabulary()
    {
        BytePairVocabulary openai = ClipTokenizer.Load(TestFiles.InShared("tokenizers", "clip", "bpe_simple_vocab_16e6.txt.gz")).Vocabulary;
        BytePairVocabulary hub = ClipTokenizer.Load(TestFiles.InShared("tokenizers", "clip")).Vocabulary;
        Assert.Equal(hub.Size, openai.Size);
        Assert.All(Enumerable.Range(0, hub.Size), id => Assert.Equal(hub.TokenAt(id), openai.TokenAt(id)));
        Assert.Equal(hub.Merges, openai.Merges);
    }

    // The reference was run on these after its own cleaning, apart from its repair of mojibake.
    [SharedTheory("tokenizers/clip")]
    [InlineData("it’s “fine”", "it's \"fine\"")]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ", "full width")]
    [InlineData("ﬁne oﬃce", "fine office")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("a&nbsp;b &amp;amp; c&hellip;", "a b & c…")]
    [InlineData("caf&eacute &#233; &#xe9; &#128512;", "café é é 😀")]
    [InlineData("a\u001b[31mred\u001b[0m dog", "ared dog")]
    [InlineData("ΟΔΟΣ Σ", "οδος σ")]
    public void Variants_of_a_text_have_the_ids_of_its_plain_form(string variant, string plain)
    {
        ClipTokenizer tokenizer = ClipTokenizer.Load(TestFiles.InShared("tokenizers", "clip"));
        Assert.Equal(tokenizer.Encode(plain), tokenizer.Encode(variant));
    }
}
