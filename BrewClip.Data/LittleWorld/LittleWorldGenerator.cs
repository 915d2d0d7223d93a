using System.Globalization;
using System.Text;
using System.Text.Json;
using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;

namespace BrewClip.Data.LittleWorld;

/// <summary>How far a corpus is.</summary>
/// <param name="Done">Images painted and spoken.</param>
/// <param name="Total">Images in all.</param>
public readonly record struct LittleWorldProgress(int Done, int Total);

/// <summary>
/// Writes a corpus in Flickr8k's own layout (pictures, token file, split lists, recordings, speakers), so that the same reader
/// reads it, with <c>scenes.jsonl</c> beside it: what each image shows, its mood and its twin.
/// </summary>
/// <param name="synthesizer">Who speaks.</param>
public sealed class LittleWorldGenerator(ISpeechSynthesizer synthesizer)
{
    /// <summary>The file that tells what each image shows.</summary>
    public const string ScenesFile = "scenes.jsonl";

    /// <summary>Generates a corpus, or goes on with one that was stopped: files that are there are kept, lists are written last.</summary>
    /// <param name="folder">Where to write; made if absent.</param>
    /// <param name="options">What to generate.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="cancellation">Stops between sentences; what is finished stays.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the folder holds a corpus of other options.</exception>
    /// <exception cref="InvalidOperationException">The synthesizer failed.</exception>
    public async Task GenerateAsync(
        string folder, LittleWorldOptions options, IProgress<LittleWorldProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var images = CorpusPlan.Make(options);
        string pictures = Path.Combine(folder, "Flicker8k_Dataset"), waves = Path.Combine(folder, "flickr_audio", "wavs");
        Directory.CreateDirectory(pictures);
        Directory.CreateDirectory(waves);
        ClaimFolder(folder, options);
        int done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(images, parallel, async (image, token) =>
        {
            Paint(image, Path.Combine(pictures, image.FileName), options);
            await SpeakAsync(image, waves, token).ConfigureAwait(false);
            progress?.Report(new LittleWorldProgress(Interlocked.Increment(ref done), images.Count));
        }).ConfigureAwait(false);
        WriteLists(folder, images);
    }

    private static void Paint(PlannedImage image, string path, LittleWorldOptions options)
    {
        if (!File.Exists(path))
        {
            // Twins are painted from one seed, so that they differ in the face alone.
            ulong seed = DeterministicRandom.For(options.Seed, "painting", image.TwinOf ?? image.FileName).State;
            PngWriter.Write(path, SceneRenderer.Render(image.Scene, seed, options.ImageSize));
        }
    }

    private async Task SpeakAsync(PlannedImage image, string folder, CancellationToken cancellation)
    {
        for (int i = 0; i < image.Captions.Count; i++)
        {
            string path = Path.Combine(folder, image.WaveName(i));
            if (!File.Exists(path))
            {
                var clip = await synthesizer.SpeakAsync(image.Captions[i].Spoken, image.Speakers[i], image.Mood, cancellation)
                    .ConfigureAwait(false);
                WaveFileWriter.Write(path, clip);
            }
        }
    }

    private static void ClaimFolder(string folder, LittleWorldOptions options)
    {
        string path = Path.Combine(folder, "littleworld.json");
        string description = JsonSerializer.Serialize(options with { Parallelism = 1 });
        if (!File.Exists(path))
        {
            WriteText(path, [description]);
        }
        else if (File.ReadAllText(path).Trim() != description)
        {
            throw new ArgumentException(
                $"'{folder}' holds a Little World made with other options ({path}): give another folder, or delete this one.");
        }
    }

    private static void WriteLists(string folder, IReadOnlyList<PlannedImage> images)
    {
        var captions = images
            .SelectMany(image => image.Captions.Select((caption, i) => (Image: image, Caption: caption, Index: i))).ToList();
        WriteText(Path.Combine(folder, "Flickr8k.token.txt"), captions.Select(c => $"{c.Image.FileName}#{c.Index}\t{c.Caption.Text}"));
        foreach (var (split, name) in (ReadOnlySpan<(DatasetSplit, string)>)
            [(DatasetSplit.Train, "train"), (DatasetSplit.Development, "dev"), (DatasetSplit.Test, "test")])
        {
            WriteText(
                Path.Combine(folder, $"Flickr_8k.{name}Images.txt"),
                images.Where(image => image.Split == split).Select(image => image.FileName));
        }

        string audio = Path.Combine(folder, "flickr_audio");
        WriteText(Path.Combine(audio, "wav2capt.txt"), captions.Select(c => $"{c.Image.WaveName(c.Index)} {c.Image.FileName} #{c.Index}"));
        WriteText(Path.Combine(audio, "wav2spk.txt"), captions
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Image.WaveName(c.Index)} {c.Image.Speakers[c.Index].Id}")));
        WriteText(Path.Combine(folder, ScenesFile), images.Select(SceneRecord.ToJson));
    }

    private static void WriteText(string path, IEnumerable<string> lines) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (string line in lines)
            {
                writer.WriteLine(line);
            }
        });
}
