using BrewClip.Core.Audio;
using BrewClip.Core.Text;
using BrewClip.Data.Manifests;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Brew;

public sealed class NanoModelTests
{
    [NanoFact]
    public void The_default_model_hears_and_finds_what_the_demo_asks_for()
    {
        var queries = new ManifestDataset(Path.Combine(TestFiles.Repository, "demo", "queries.jsonl")).Read().ToList();
        using var model = BrewClipModel.LoadDefault();
        var heard = model.EncodeSpeech([.. queries.Select(query => AudioClip.Load(query.AudioPath!))]);
        float[][] images = [.. queries.Select(query => model.EncodeImage(query.ImagePath))];

        double errors = WordErrorRate.Sum(
            queries.Zip(heard, (query, speech) => WordErrorRate.Compute(query.Caption!, speech.Transcript))).Rate;
        int right = heard.Index().Count(item => BestOf(images, item.Item.Vector.Span) == item.Index);
        Assert.InRange(errors, 0, 0.2);
        Assert.InRange(right, queries.Count * 3 / 4, queries.Count);
    }

    private static int BestOf(float[][] images, ReadOnlySpan<float> query)
    {
        var (best, score) = (-1, float.NegativeInfinity);
        for (int i = 0; i < images.Length; i++)
        {
            float similarity = System.Numerics.Tensors.TensorPrimitives.Dot(images[i], query);
            (best, score) = similarity > score ? (i, similarity) : (best, score);
        }

        return best;
    }
}

/// <summary>A fact about the model that comes with the repository; skipped in a checkout whose <c>models/</c> holds none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NanoFactAttribute : FactAttribute
{
    public NanoFactAttribute()
    {
        Skip = File.Exists(Path.Combine(AppContext.BaseDirectory, "brewclip-models", DefaultModel.Name, "config.json"))
            ? null
            : "models/ holds no trained model yet: train and export one as docs/little-world.md says.";
    }
}
