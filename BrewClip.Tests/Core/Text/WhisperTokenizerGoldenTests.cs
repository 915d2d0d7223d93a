using System.Text.Json;
using BrewClip.Core.Text;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Core.Text;

public class WhisperTokenizerGoldenTests
{
    [SharedTheory("tokenizers/whisper")]
    [InlineData("gpt2", "gpt2", 51864)]
    [InlineData("gpt2", "gpt2.tiktoken", 51864)]
    [InlineData("multilingual", "multilingual", 51865)]
    [InlineData("multilingual", "multilingual.tiktoken", 51865)]
    public void Every_golden_text_has_the_reference_ids_and_comes_back(string name, string file, int size)
    {
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(TestFiles.InShared("tokenizers", "whisper", file), size);
        using JsonDocument goldens = Goldens();
        foreach (JsonElement golden in goldens.RootElement.GetProperty("texts").EnumerateArray())
        {
            string text = golden.GetProperty("text").GetString()!;
            int[] ids = Ints(golden.GetProperty(name));
            Assert.Equal(ids, tokenizer.Encode(text));
            Assert.Equal(text, tokenizer.Decode(ids));
        }
    }

    [SharedTheory("tokenizers/whisper")]
    [InlineData("gpt2.tiktoken", 51864, "special_english", "non_speech_tokens_english", false)]
    [InlineData("multilingual.tiktoken", 51865, "special_multilingual", "non_speech_tokens_multilingual", true)]
    [InlineData("multilingual", 51865, "special_multilingual", "non_speech_tokens_multilingual", true)]
    public void Special_tokens_stand_where_the_reference_has_them(
        string file, int size, string special, string nonSpeech, bool multilingual)
    {
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(TestFiles.InShared("tokenizers", "whisper", file), size);
        using JsonDocument goldens = Goldens();
        JsonElement expected = goldens.RootElement.GetProperty(special);
        Assert.Equal(expected.GetProperty("eot").GetInt32(), tokenizer.EndOfText);
        Assert.Equal(expected.GetProperty("sot").GetInt32(), tokenizer.StartOfTranscript);
        Assert.Equal(expected.GetProperty("sot_lm").GetInt32(), tokenizer.StartOfLanguageModel);
        Assert.Equal(expected.GetProperty("sot_prev").GetInt32(), tokenizer.StartOfPrevious);
        Assert.Equal(expected.GetProperty("no_speech").GetInt32(), tokenizer.NoSpeech);
        Assert.Equal(expected.GetProperty("no_timestamps").GetInt32(), tokenizer.NoTimestamps);
        Assert.Equal(expected.GetProperty("timestamp_begin").GetInt32(), tokenizer.TimestampBegin);
        Assert.Equal(multilingual, tokenizer.IsMultilingual);
        Assert.Equal(Ints(goldens.RootElement.GetProperty(nonSpeech)), tokenizer.NonSpeechTokens);
        var languages = goldens.RootElement.GetProperty("languages").EnumerateArray().Select(code => code.GetString()!);
        Assert.Equal(languages.Order(StringComparer.Ordinal), tokenizer.Languages.Order(StringComparer.Ordinal));
        Assert.Equal(multilingual ? [50258, 50259, 50359] : [50257], tokenizer.StartSequence("en"));
    }

    [SharedFact("tokenizers/whisper")]
    public void Hub_and_openai_files_hold_the_same_merges()
    {
        foreach (string name in new[] { "gpt2", "multilingual" })
        {
            BytePairVocabulary hub = WhisperTokenizer.Load(TestFiles.InShared("tokenizers", "whisper", name)).Vocabulary;
            BytePairVocabulary openai = WhisperTokenizer.Load(TestFiles.InShared("tokenizers", "whisper", name + ".tiktoken")).Vocabulary;
            Assert.Equal(hub.Merges, openai.Merges);
            Assert.All(openai.TokenIds, pair => Assert.Equal(pair.Value, hub.IdOf(pair.Key)));
        }
    }

    [SharedFact("tokenizers/whisper")]
    public void A_large_v3_vocabulary_has_Cantonese_and_every_later_id_one_higher()
    {
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(TestFiles.InShared("tokenizers", "whisper", "multilingual.tiktoken"), 51866);
        Assert.Equal(50358, tokenizer.LanguageToken("yue"));
        Assert.Equal([50258, 50259, 50360, 50364], tokenizer.StartSequence("English", timestamps: false));
        Assert.Equal(50365, tokenizer.TimestampBegin);
        Assert.Equal("<|0.00|> hi<|1.08|>", tokenizer.DecodeWithTimestamps([50365, .. tokenizer.Encode(" hi"), 50365 + 54]));
    }

    private static JsonDocument Goldens() => JsonDocument.Parse(File.ReadAllBytes(TestFiles.Golden("whisper", "tokenizer.json")));

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(id => id.GetInt32())];
}
