using BrewClip.Core.Images;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Clip;

public sealed class ClipEmbedderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ClipEmbedderTests() => FormulaCheckpoint.Write(_folder.Path, BrewClipVariant.PipelineZeroShot);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_batch_of_none_is_refused_where_it_is_asked_for()
    {
        using var clip = ClipEmbedder.Load(_folder["clip"]);
        Assert.Equal(clip.EmbedTexts(["a dog"])[0].Length, clip.Dimensions);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClipEmbedder.Load(_folder["clip"], batchSize: 0));
    }

    [Fact]
    public void A_text_or_an_image_that_is_null_is_named_by_its_number()
    {
        using var clip = ClipEmbedder.Load(_folder["clip"]);
        Assert.Contains(
            "Text 1", Assert.ThrowsAny<ArgumentException>(() => clip.EmbedTexts(["a", null!])).Message, StringComparison.Ordinal);
        Assert.Contains("Image 0", Assert.ThrowsAny<ArgumentException>(() => clip.EmbedImages([null!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_embedder_says_so()
    {
        var clip = ClipEmbedder.Load(_folder["clip"]);
        clip.Dispose();
        Assert.Throws<ObjectDisposedException>(() => clip.EmbedTexts(["a dog"]));
        Assert.Throws<ObjectDisposedException>(() => clip.EmbedImages([new RgbImage(8, 8, new byte[192])]));
        clip.Dispose();
    }

    [Fact]
    public void Vectors_that_are_no_numbers_are_an_error()
    {
        using var clip = ClipEmbedder.Load(_folder["clip"]);
        using (no_grad())
        {
            foreach (var (_, parameter) in clip.Model.named_parameters()
                .Where(item => item.name.EndsWith("projection.weight", StringComparison.Ordinal)))
            {
                parameter.fill_(float.NaN);
            }
        }

        Assert.Throws<NotFiniteNumberException>(() => clip.EmbedTexts(["a dog"]));
        Assert.Throws<NotFiniteNumberException>(() => clip.EmbedImages([new RgbImage(8, 8, new byte[192])]));
    }
}
