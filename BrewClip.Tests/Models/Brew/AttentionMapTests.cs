using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Brew;

/// <summary>Gradients against finite differences, and what is drawn of them.</summary>
public sealed class AttentionMapTests(FormulaBrewFixture fixture) : IClassFixture<FormulaBrewFixture>
{
    private readonly BrewClipModel _model = fixture.Model;

    [Fact]
    public void A_patchs_weight_is_how_the_similarity_grows_with_its_difference_from_the_others()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var pixels = (rand(1, 3, 32, 32, generator: new Generator(5)) - 0.5) * 3;
        var query = _model.EncodeText("a dog");
        float[] weights = new BrewClipGradients(_model.Network, _model.Backbone).OfPatches(pixels, query);
        var vision = _model.Backbone.Clip.Vision;
        var states = vision.Penultimate(pixels, _model.Network.VisionPrompts());
        var mean = states.narrow(1, 1, 16).mean([1], keepdim: true);
        double Similarity(int patch, double factor)
        {
            using var inner = NewDisposeScope();
            var moved = states.clone();
            moved.narrow(1, 1 + patch, 1).sub_(mean).mul_(factor).add_(mean);
            float[] embedding = TensorRows.ToArrays(vision.EmbeddingFrom(moved))[0];
            return embedding.Zip(query, (a, b) => (double)a * b).Sum() / Math.Sqrt(embedding.Sum(a => (double)a * a));
        }

        Assert.Equal(16, weights.Length);
        double[] expected =
            [.. Enumerable.Range(0, 16).Select(patch => Math.Max(0, (Similarity(patch, 1.01) - Similarity(patch, 0.99)) / 0.02))];
        Assert.True(expected.Max() > 0);
        TensorAssert.Close([.. expected.Select(value => (float)value)], weights, 0.02);
    }

    [Fact]
    public void Speech_and_image_are_mapped_at_their_own_grain()
    {
        var map = _model.MapAttention(FormulaBrewFixture.Tone(7.3), FormulaBrewFixture.Picture(2));
        Assert.Equal((4, 4), (map.Columns, map.Rows));
        Assert.InRange(map.SpeechWeights.Length, 365, 368);
        Assert.All([.. map.ImageWeights.ToArray(), .. map.SpeechWeights.ToArray()], weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(1, map.SpeechWeights.ToArray().Max());
        var vectors =
            (Speech: _model.EncodeSpeech(FormulaBrewFixture.Tone(7.3)).Vector.ToArray(), Image: _model.EncodeImage(
                FormulaBrewFixture.Picture(2)));
        Assert.Equal(vectors.Speech.Zip(vectors.Image, (a, b) => a * b).Sum(), map.Similarity, 1e-4);
    }

    [Fact]
    public void Heat_and_curve_become_pictures_that_are_read_back()
    {
        using var folder = new TemporaryFolder();
        var map = _model.MapAttention(FormulaBrewFixture.Tone(1.2), FormulaBrewFixture.Picture(1));
        map.SaveImage(folder["heat.png"], 64);
        map.SaveSpeech(folder["curve.png"], 120, 60);
        var (heat, curve) = (RgbImage.Load(folder["heat.png"]), RgbImage.Load(folder["curve.png"]));
        Assert.Equal((64, 64, 120, 60), (heat.Width, heat.Height, curve.Width, curve.Height));
        Assert.True(curve.Pixels.Count((byte)255) < 120 * 60 * 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.RenderImage(5));
    }

    [Fact]
    public void The_hottest_patch_is_the_brightest_of_an_even_image()
    {
        var view = new RgbImage(40, 40, new byte[40 * 40 * 3]);
        var map = new AttentionMap(view, 4, [0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], null, [], 0);
        var heat = map.RenderImage(80);
        Assert.True(heat.Pixels[(30 * 80 + 50) * 3] > heat.Pixels[(70 * 80 + 10) * 3]);
        Assert.True(heat.Pixels[(30 * 80 + 50) * 3 + 1] > heat.Pixels[(70 * 80 + 70) * 3 + 1]);
    }

    [Fact]
    public void A_texts_map_has_no_curve_and_nothing_is_left_behind()
    {
        var map = _model.MapAttention("a dog", FormulaBrewFixture.Picture(1));
        Assert.True(map.SpeechWeights.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => map.RenderSpeech());
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        _model.MapAttention(FormulaBrewFixture.Tone(1), FormulaBrewFixture.Picture(1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(_model.Network.parameters(), parameter => Assert.Null(parameter.grad));
    }
}
