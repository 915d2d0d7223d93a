using System.Numerics.Tensors;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

[Collection(RandomStateCollection.Name)]
public sealed class CachedEmbedderTests(ToyExperiment toy) : IClassFixture<ToyExperiment>
{
    [Theory]
    [InlineData("full")]
    [InlineData("full-worded")]
    [InlineData("full-unmasked")]
    [InlineData("acoustic")]
    [InlineData("prompted")]
    public void Vectors_from_caches_are_those_that_the_model_gives(string method)
    {
        var options = toy.Options($"vectors of {method}");
        var kind = ExperimentMethod.Variants.Concat(ExperimentMethod.Readings).Single(item => item.Id == method);
        using var towers = ExperimentTowers.Load(options.Models, CancellationToken.None);
        using var caches = new ExperimentCaches(options.CacheFolder, towers, null);
        using var model = new BrewClipModel(
            BrewClipBackbone.Load(towers.WhisperFolder, towers.ClipFolder),
            new BrewClipNetwork(kind.ToConfig("-", "-"), towers.Backbone.Clip, towers.Backbone.Whisper.Config));
        var corpus = ExperimentCorpus.Load("scripted", toy["scripted"], [], captionsOfEachImage: 1);
        string[] texts = [.. corpus.Captions.Select(caption => caption.Caption!)];

        var embedder = new CachedEmbedder(model, caches);
        var speech = CachedEmbedder.Fuse(
            model.Config.HasPipeline ? embedder.Texts(texts, CancellationToken.None) : null,
            model.Config.HasAcoustic ? embedder.Acoustic(corpus, CancellationToken.None) : null);
        var images = embedder.Images(corpus, CancellationToken.None);

        var clips = corpus.Captions.Select(caption => AudioClip.Load(caption.AudioPath!)).ToList();
        var expected = model.EncodeSpeech(clips, model.Config.HasPipeline ? texts : null);
        for (int i = 0; i < clips.Count; i++)
        {
            // Cached frames are float16.
            Assert.InRange(TensorPrimitives.CosineSimilarity<float>(speech[i], expected[i].Vector.Span), 0.9999f, 1.0001f);
            var picture = model.EncodeImage(RgbImage.Load(corpus.Captions[i].ImagePath));
            Assert.InRange(TensorPrimitives.CosineSimilarity<float>(images[corpus.Captions[i].ImageId], picture), 0.99999f, 1.00001f);
        }
    }
}
