using System.Collections.Immutable;
using System.Globalization;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Data.Manifests;

namespace BrewClip.Data.LittleWorld;

/// <summary>
/// A small part of a corpus' test split as a folder of its own: <c>images/</c>, <c>queries/</c> and the manifest <c>queries.jsonl</c>.
/// Scenes,
/// voices and sentence forms are those that no training has seen; some images differ from another in mood alone.
/// </summary>
/// <param name="synthesizer">Who speaks.</param>
public sealed class LittleWorldDemoSet(ISpeechSynthesizer synthesizer)
{
    /// <summary>The folder of the pictures.</summary>
    public const string ImagesFolder = "images";

    /// <summary>The folder of the recordings.</summary>
    public const string QueriesFolder = "queries";

    /// <summary>The manifest of the queries.</summary>
    public const string ManifestFile = "queries.jsonl";

    /// <summary>The key under which a query's record names the picture that differs from its own in mood alone.</summary>
    public const string Twin = "twin";

    /// <summary>The key under which a query's record names the speaker's mood.</summary>
    public const string Mood = "mood";

    /// <summary>Pictures, those that no query asks for among them.</summary>
    public const int Images = 60;

    /// <summary>Spoken queries, each for another picture.</summary>
    public const int Queries = 40;

    private const int MoodPairs = 8;

    // One query in this many is spontaneous, where it is short enough.
    private const int SpontaneousEvery = 5;

    /// <summary>Writes the set.</summary>
    /// <param name="folder">Where to; made if absent, files of the same names are replaced.</param>
    /// <param name="options">The corpus whose test split it is taken from; the corpus itself is not needed.</param>
    /// <param name="cancellation">Stops between sentences.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the test split is too small.</exception>
    /// <exception cref="InvalidOperationException">The synthesizer failed.</exception>
    public async Task WriteAsync(string folder, LittleWorldOptions options, CancellationToken cancellation = default)
    {
        var images = Choose(CorpusPlan.Make(options).Where(image => image.Split == DatasetSplit.Test).ToList(), options.Seed);
        string pictures = Path.Combine(folder, ImagesFolder), waves = Path.Combine(folder, QueriesFolder);
        Directory.CreateDirectory(pictures);
        Directory.CreateDirectory(waves);
        foreach (var image in images)
        {
            // Twins are painted from one seed, so that they differ in the face alone.
            ulong seed = DeterministicRandom.For(options.Seed, "painting", image.TwinOf ?? image.FileName).State;
            PngWriter.Write(Path.Combine(pictures, image.FileName), SceneRenderer.Render(image.Scene, seed, options.ImageSize));
        }

        var queries = new List<(SpokenImageCaption, DatasetSplit)>();
        for (int i = 0; i < Queries; i++)
        {
            var query = await SpeakAsync(images[i], i, folder, options.Seed, cancellation).ConfigureAwait(false);
            queries.Add((query with { Extra = WithTwin(query.Extra, images, i) }, DatasetSplit.Test));
        }

        ManifestWriter.Write(Path.Combine(folder, ManifestFile), queries, cancellation);
    }

    private async Task<SpokenImageCaption> SpeakAsync(
        PlannedImage image, int number, string folder, ulong seed, CancellationToken cancellation)
    {
        var random = DeterministicRandom.For(seed, "demo", image.FileName);
        bool spontaneous = number % SpontaneousEvery == SpontaneousEvery - 1;
        var caption = spontaneous
            ? random.Pick(CaptionWriter.Write(image.Scene, WordingFamily.HeldOut, SpeakingStyle.Spontaneous, random))
            : image.Captions[0];
        var speaker = image.Speakers[0];
        var clip = await synthesizer.SpeakAsync(caption.Spoken, speaker, image.Mood, cancellation).ConfigureAwait(false);
        string id = string.Create(CultureInfo.InvariantCulture, $"query_{number:D2}"),
            stem = Path.GetFileNameWithoutExtension(image.FileName);
        string path = Path.Combine(folder, QueriesFolder, id + ".wav");
        WaveFileWriter.Write(path, clip);
        return new SpokenImageCaption
        {
            Id = id,
            ImageId = stem,
            ImagePath = Path.Combine(folder, ImagesFolder, image.FileName),
            AudioPath = path,
            Caption = caption.Text,
            Speaker = speaker.Id.ToString(CultureInfo.InvariantCulture),
            Extra = ImmutableDictionary<string, string>.Empty
                .Add(Mood, image.Mood.ToString().ToLowerInvariant())
                .Add("style", spontaneous ? "spontaneous" : "scripted"),
        };
    }

    private static ImmutableDictionary<string,
        string> WithTwin(IReadOnlyDictionary<string, string> extra, List<PlannedImage> images, int number)
    {
        string? twin = images[number].TwinOf ?? images.Find(image => image.TwinOf == images[number].FileName)?.FileName;
        return twin is null ? extra.ToImmutableDictionary()
            : extra.ToImmutableDictionary().Add(Twin, Path.GetFileNameWithoutExtension(twin));
    }

    // First the pairs, which are asked for both; then single scenes, of which the last ones nobody asks for.
    private static List<PlannedImage> Choose(List<PlannedImage> test, ulong seed)
    {
        var random = DeterministicRandom.For(seed, "demo set");
        var byName = test.ToDictionary(image => image.FileName, StringComparer.Ordinal);
        var twins = test.Where(image => image.TwinOf is not null).ToArray();
        var paired = twins.SelectMany(twin => (string[])[twin.FileName, twin.TwinOf!]).ToHashSet(StringComparer.Ordinal);
        var single = test.Where(image => !paired.Contains(image.FileName)).ToArray();
        random.Shuffle(twins.AsSpan());
        random.Shuffle(single.AsSpan());
        List<PlannedImage> chosen =
        [
            .. twins.Take(MoodPairs).SelectMany(twin => (PlannedImage[])[byName[twin.TwinOf!], twin]),
            .. single.Take(Images - 2 * MoodPairs),
        ];
        return chosen.Count == Images
            ? chosen
            : throw new ArgumentException(
                $"The test split of {test.Count} images is too small for a demo set of {Images} with {MoodPairs} pairs: ask for more "
                + "images.");
    }
}
