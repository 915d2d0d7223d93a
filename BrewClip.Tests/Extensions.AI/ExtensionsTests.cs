using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Extensions.AI;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Cli;
using BrewClip.Tests.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using TranscriptionOptions = BrewClip.Models.Whisper.Transcription.TranscriptionOptions;

namespace BrewClip.Tests.Extensions.AI;

public sealed class ExtensionsTests(CheckpointFixture fixture) : IClassFixture<CheckpointFixture>
{
    [Fact]
    public async Task Speech_and_images_are_what_the_model_gives_in_the_order_given()
    {
        using var model = fixture.Load(normalize: true);
        using var generator = new BrewClipMediaEmbeddingGenerator(model, "toy");

        var embeddings = await generator.GenerateAsync(
            [Content(fixture.Speech(0), "audio/wav"), Content(fixture.Image(2), "image/png"), Content(fixture.Speech(1), "audio/wav")]);

        Assert.Equal(3, embeddings.Count);
        var first = model.EncodeSpeech(AudioClip.Load(fixture.Speech(0)));
        TensorAssert.Close(first.Vector.Span, embeddings[0].Vector.Span, 1e-4);
        TensorAssert.Close(model.EncodeImage(RgbImage.Load(fixture.Image(2))), embeddings[1].Vector.Span, 1e-4);
        TensorAssert.Close(model.EncodeSpeech(AudioClip.Load(fixture.Speech(1))).Vector.Span, embeddings[2].Vector.Span, 1e-4);
        Assert.Equal(first.Transcript, embeddings[0].AdditionalProperties!["transcript"]);
        Assert.All(embeddings, embedding => Assert.Equal("toy", embedding.ModelId));
    }

    [Fact]
    public async Task Texts_are_what_the_model_gives()
    {
        using var model = fixture.Load(normalize: true);
        using var generator = new BrewClipTextEmbeddingGenerator(model);

        var vector = await generator.GenerateVectorAsync("a brown dog");
        TensorAssert.Close(model.EncodeText("a brown dog"), vector.Span, 1e-5);
        Assert.Empty(await generator.GenerateAsync([]));
    }

    [Fact]
    public async Task What_the_model_is_not_is_refused()
    {
        using var model = fixture.Load();
        using var texts = new BrewClipTextEmbeddingGenerator(model, "toy");
        using var media = new BrewClipMediaEmbeddingGenerator(model, "toy");

        await Assert.ThrowsAsync<ArgumentException>(
            () => texts.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = model.Dimensions + 1 }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => texts.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "another" }));
        var video = await Assert.ThrowsAsync<ArgumentException>(
            () => media.GenerateAsync([new DataContent(new byte[4], "video/mp4") { Name = "film" }]));
        Assert.Contains("'film' is of the type 'video/mp4'", video.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => media.GenerateAsync([new DataContent(new byte[4], "image/png")]));
        Assert.Single(await texts.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = model.Dimensions, ModelId = "toy" }));
    }

    [Fact]
    public async Task Speech_to_text_gives_the_transcribers_text_whole_and_in_segments()
    {
        var defaults = new TranscriptionOptions { Temperatures = [0] };
        using var client = await WhisperSpeechToTextClient.LoadAsync(fixture.Whisper, defaults: defaults);
        var transcriber = client.GetService<Transcriber>()!;
        var expected = transcriber.Transcribe(AudioClip.Load(fixture.Speech(0)), defaults);

        using var stream = File.OpenRead(fixture.Speech(0));
        var whole = await client.GetTextAsync(stream, new SpeechToTextOptions { SpeechLanguage = "en-US" });
        stream.Position = 0;
        var parts = await client.GetStreamingTextAsync(stream).ToListAsync();

        Assert.Equal(expected.Text.Trim(), whole.Text);
        Assert.Equal(expected.Duration, whole.EndTime);
        Assert.IsType<Transcript>(whole.RawRepresentation);
        Assert.Equal(expected.Text, string.Concat(parts.Select(part => part.Text)));
        Assert.Equal(SpeechToTextResponseUpdateKind.SessionOpen, parts[0].Kind);
        Assert.Equal(SpeechToTextResponseUpdateKind.SessionClose, parts[^1].Kind);
        Assert.Equal(whole.Text, parts.ToSpeechToTextResponse().Text.Trim());
    }

    [Fact]
    public async Task Speech_to_text_refuses_languages_that_Whisper_neither_hears_nor_writes()
    {
        using var client = await WhisperSpeechToTextClient.LoadAsync(fixture.Whisper);
        using var stream = File.OpenRead(fixture.Speech(0));

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetTextAsync(stream, new SpeechToTextOptions { SpeechLanguage = "tlh" }));
        var french = await Assert.ThrowsAsync<ArgumentException>(
            () => client.GetTextAsync(stream, new SpeechToTextOptions { SpeechLanguage = "en", TextLanguage = "fr" }));
        Assert.Contains("translates into English", french.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_gives_generators_client_and_metadata_over_one_model_and_disposes_it()
    {
        BrewClipModel model;
        await using (var provider = new ServiceCollection().AddBrewClip(fixture.Brew).BuildServiceProvider())
        {
            model = provider.GetRequiredService<BrewClipModel>();
            var media = provider.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
            var texts = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
            var client = provider.GetRequiredService<ISpeechToTextClient>();

            Assert.Same(model, media.GetService<BrewClipModel>());
            Assert.Same(model, texts.GetService<BrewClipModel>());
            Assert.Same(provider.GetRequiredService<Transcriber>(), client.GetService<Transcriber>());
            var metadata = media.GetRequiredService<EmbeddingGeneratorMetadata>();
            Assert.Equal(
                ("brewclip", fixture.Brew, (int?)model.Dimensions),
                (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
            Assert.Equal("brewclip", client.GetService<SpeechToTextClientMetadata>()!.ProviderName);
            Assert.Null(media.GetService<string>());
            Assert.Same(texts, texts.GetService<BrewClipTextEmbeddingGenerator>());
            Assert.Null(texts.GetService<BrewClipTextEmbeddingGenerator>("a key"));
        }

        Assert.Throws<ObjectDisposedException>(() => model.EncodeText("a"));
    }

    private static DataContent Content(string path, string type) => new(File.ReadAllBytes(path), type) { Name = Path.GetFileName(path) };
}
