using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Whisper;

public class WhisperConfigTests
{
    [Fact]
    public void OpenAIs_own_dimensions_mean_the_same_as_the_hubs_names()
    {
        var hub = WhisperConfig.Parse("""
            { "model_type": "whisper", "num_mel_bins": 128, "d_model": 1280, "encoder_layers": 32, "encoder_attention_heads": 20,
              "encoder_ffn_dim": 5120, "decoder_layers": 4, "decoder_attention_heads": 20, "decoder_ffn_dim": 5120, "vocab_size": 51866 }
            """);
        var own = WhisperConfig.Parse("""
            { "n_mels": 128, "n_audio_ctx": 1500, "n_audio_state": 1280, "n_audio_head": 20, "n_audio_layer": 32, "n_vocab": 51866,
              "n_text_ctx": 448, "n_text_state": 1280, "n_text_head": 20, "n_text_layer": 4 }
            """);
        Assert.Equal(hub, own);
        Assert.Equal((3000, true, 100), (hub.MelFrames, hub.IsMultilingual, hub.Languages));
    }

    [Theory]
    [InlineData(51864, false, 99)]
    [InlineData(51865, true, 99)]
    [InlineData(51866, true, 100)]
    public void The_vocabulary_tells_the_languages(int vocabulary, bool multilingual, int languages)
    {
        var config = new WhisperConfig { VocabularySize = vocabulary };
        Assert.Equal((multilingual, languages), (config.IsMultilingual, config.Languages));
    }

    [Theory]
    [InlineData("""{ "model_type": "bart" }""", "'bart'")]
    [InlineData("""{ "activation_function": "relu" }""", "activation_function = relu")]
    [InlineData("""{ "scale_embedding": true }""", "scale_embedding = True")]
    [InlineData("""{ "tie_word_embeddings": false }""", "tie_word_embeddings")]
    [InlineData("""{ "d_model": 100, "encoder_attention_heads": 8 }""", "divide")]
    [InlineData("""{ "d_model": 2, "encoder_attention_heads": 1, "decoder_attention_heads": 1 }""", "even width")]
    [InlineData("""{ "encoder_layers": -1 }""", "encoder_layers = -1")]
    [InlineData("""{ "vocab_size": 3.5 }""", "a whole number")]
    public void A_configuration_that_makes_no_sense_is_refused_with_a_reason(string json, string reason)
    {
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => WhisperConfig.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generation_configuration_says_what_it_says_and_nulls_the_rest()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new WhisperGenerationConfig(), WhisperGenerationConfig.Load(folder.Path));
        File.WriteAllText(folder["generation_config.json"], """
            { "decoder_start_token_id": 50258, "lang_to_id": { "<|en|>": 50259 }, "suppress_tokens": [1, 2],
            "max_initial_timestamp_index": 50,
              "forced_decoder_ids": [[1, null], [2, 50359]], "alignment_heads": [[3, 1], [4, 2]],
              "is_multilingual": true, "begin_suppress_tokens": null }
            """);
        var config = WhisperGenerationConfig.Load(folder.Path);
        Assert.Equal((50258, 50, true), (config.DecoderStartToken, config.MaxInitialTimestampIndex, config.IsMultilingual));
        Assert.Equal([new AlignmentHead(3, 1), new AlignmentHead(4, 2)], config.AlignmentHeads!);
        Assert.Equal(50259, config.LanguageTokens!["<|en|>"]);
        Assert.Equal([1, 2], config.SuppressTokens!);
        Assert.Null(config.BeginSuppressTokens);
        Assert.Null(config.NoTimestampsToken);
    }
}
