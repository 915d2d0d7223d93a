namespace BrewClip.Data.LittleWorld;

/// <summary>
/// Decides everything about a corpus but its pixels and samples: scenes, splits, wordings, speakers, twins. The splits share no
/// scene, no speaker's timbre and no sentence form; twins stay together.
/// </summary>
public static class CorpusPlan
{
    /// <summary>Plans a corpus.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IReadOnlyList<PlannedImage> Make(LittleWorldOptions options)
    {
        options.Validate();
        var sampler = new SceneSampler(options.Seed);
        int heldOut = Math.Max(1, (int)Math.Round(options.Images * options.HeldOutShare));
        var images = new List<PlannedImage>(options.Images);
        PlanSplit(DatasetSplit.Train, options.Images - 2 * heldOut, options, sampler, images);
        PlanSplit(DatasetSplit.Development, heldOut, options, sampler, images);
        PlanSplit(DatasetSplit.Test, heldOut, options, sampler, images);
        return images;
    }

    private static void PlanSplit(
        DatasetSplit split, int count, LittleWorldOptions options, SceneSampler sampler, List<PlannedImage> images)
    {
        int end = images.Count + count;
        var speakers = Speaker.Of(split);
        while (images.Count < end)
        {
            var scene = sampler.Next();
            var random = DeterministicRandom.For(options.Seed, "image", NameAt(images.Count));
            var family = split == DatasetSplit.Train ? WordingFamily.Training : WordingFamily.HeldOut;
            var image = new PlannedImage(
                NameAt(images.Count), split, scene, CaptionWriter.Write(scene, family, options.Style, random),
                [.. Enumerable.Range(0, CaptionWriter.CaptionsPerImage).Select(_ => random.Pick(speakers))], TwinOf: null);
            images.Add(image);
            if (scene.Figure is not null && images.Count < end && random.Chance(options.TwinShare))
            {
                images.Add(Twin(image, NameAt(images.Count), random));
            }
        }
    }

    private static PlannedImage Twin(PlannedImage image, string name, DeterministicRandom random)
    {
        var figure = image.Scene.Figure!;
        var mood = (Mood)(((int)figure.Mood + 1 + random.Next(3)) % 4);
        return image with { FileName = name, Scene = image.Scene with { Figure = figure with { Mood = mood } }, TwinOf = image.FileName };
    }

    private static string NameAt(int index) => $"scene_{index:D6}.png";
}
