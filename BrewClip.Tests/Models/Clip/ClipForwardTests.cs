using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Clip;

public class ClipForwardTests(FormulaModelFixture models) : IClassFixture<FormulaModelFixture>
{
    [Fact]
    public void Image_embeddings_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        TensorAssert.Close(golden.Float("image_embeds"), models.Clip.Vision.Encode(golden.Float("image")));
    }

    [Fact]
    public void Text_embeddings_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        TensorAssert.Close(golden.Float("text_embeds"), models.Clip.Text.Encode(golden.Long("tokens")));
    }

    [Fact]
    public void Scaled_cosines_equal_the_reference()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        var logits = models.Clip.LogitsPerImage(
            models.Clip.Vision.Encode(golden.Float("image")), models.Clip.Text.Encode(golden.Long("tokens")));
        TensorAssert.Close(golden.Float("logits_per_image"), logits);
        Assert.Equal(Math.Exp(FormulaModels.Clip["logit_scale"].Values[0]), models.Clip.LogitScale, 1e-4);
    }

    [Fact]
    public void A_batch_of_texts_equals_each_text_alone()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        var tokens = golden.Long("tokens");
        var together = models.Clip.Text.Encode(tokens);
        for (int i = 0; i < tokens.shape[0]; i++)
        {
            TensorAssert.Close(together.narrow(0, i, 1), models.Clip.Text.Encode(tokens.narrow(0, i, 1)), 1e-5);
        }
    }

    [Fact]
    public void Padding_of_either_convention_gives_the_same_embedding()
    {
        using var scope = NewDisposeScope();
        long[] text = [49406, 320, 1125, 539, 320, 2368, 49407];
        var zeros = tensor((long[])[.. text, 0, 0, 0], [1, 10]);
        var ends = tensor((long[])[.. text, 49407, 49407, 49407], [1, 10]);
        TensorAssert.Close(models.Clip.Text.Encode(zeros), models.Clip.Text.Encode(ends), 1e-6);
    }

    [Fact]
    public void Patch_features_come_with_the_same_embedding()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var golden = FormulaModelFixture.Golden("clip");
        using var features = models.Clip.Vision.Features(golden.Float("image"));
        TensorAssert.Close(golden.Float("image_embeds"), features.Embedding);
        Assert.Equal([2, 16, 128], features.Patches.shape);
    }

    [Fact]
    public void Half_an_image_more_is_read_when_positions_are_interpolated()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var golden = FormulaModelFixture.Golden("clip");
        var image = golden.Float("image");
        var larger = nn.functional.interpolate(image, [48, 48], mode: InterpolationMode.Bilinear, align_corners: false);
        using var features = models.Clip.Vision.Features(larger, interpolatePositions: true);
        Assert.Equal([2, 36, 128], features.Patches.shape);
        Assert.Equal([2, 48], features.Embedding.shape);
        Assert.All(TensorAssert.Values(features.Embedding), value => Assert.True(float.IsFinite(value)));
        var exception = Assert.Throws<ArgumentException>(() => models.Clip.Vision.Encode(larger));
        Assert.Contains("48×48", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a greyscale image", 2, 1, 32, 32)]
    [InlineData("a smaller image", 1, 3, 24, 32)]
    [InlineData("no image", 0, 3, 32, 32)]
    public void Pixels_that_do_not_fit_are_refused(string what, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var pixels = zeros([.. shape.Select(size => (long)size)]);
        var exception = Assert.Throws<ArgumentException>(() => models.Clip.Vision.Encode(pixels));
        Assert.True(exception.Message.Contains("expected", StringComparison.Ordinal) || exception.Message.Contains(
            "resize", StringComparison.Ordinal), what);
    }

    [Fact]
    public void Threads_that_share_a_model_see_what_one_sees_alone()
    {
        using var scope = NewDisposeScope();
        using var golden = FormulaModelFixture.Golden("clip");
        var (image, tokens) = (golden.ReadFloat32("image"), golden.Longs("tokens"));
        var (images, texts) = (golden.ReadFloat32("image_embeds"), golden.ReadFloat32("text_embeds"));
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var own = NewDisposeScope();
            TensorAssert.Close(images, models.Clip.Vision.Encode(tensor(image, [2, 3, 32, 32])));
            TensorAssert.Close(texts, models.Clip.Text.Encode(tensor(tokens, [14, 77])));
        });
    }

    [Fact]
    public void Encoding_leaves_no_tensor_behind()
    {
        using var golden = FormulaModelFixture.Golden("clip");
        using var image = golden.Float("image");
        using var tokens = golden.Long("tokens");
        models.Clip.Vision.Encode(image).Dispose();
        models.Clip.Text.Encode(tokens).Dispose();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
        {
            models.Clip.Vision.Encode(image).Dispose();
            models.Clip.Text.Encode(tokens).Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
