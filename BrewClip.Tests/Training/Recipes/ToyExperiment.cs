using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Tests.Data;
using BrewClip.Tests.Support;
using BrewClip.Tests.Training.Probes;

namespace BrewClip.Tests.Training.Recipes;

/// <summary>
/// Toy models, and the data sets of the paper in the layouts in which people download them, small enough that a recipe takes a second:
/// every recording and picture is another one.
/// </summary>
public sealed class ToyExperiment : IDisposable
{
    // Two test images of four captions: as many utterances as one pass of speech takes.
    private const int Captions = 4;
    private const string Words = "a brown dog runs";

    private readonly TemporaryFolder _folder = new();
    private int _media;

    public ToyExperiment()
    {
        FormulaCheckpoint.Write(_folder["model"]);
        WriteFlickr8k(this["data", "flickr8k"]);
        WriteSpokenCoco(this["data", "spokencoco"]);
        WriteNarratives(this["data", "ln-coco"]);
        ToyRavdess.WriteCorpus(this["data", "ravdess"]);
    }

    public string this[params string[] parts] => _folder[parts];

    /// <summary>The folder with a folder for each data set.</summary>
    public string Data => this["data"];

    /// <summary>A model of both channels, as wide as <see cref="Settings"/> make one, of formula weights.</summary>
    public string Model => this["model"];

    /// <summary>What makes a recipe of the paper small: three steps of four pairs between the toy models.</summary>
    public string[] Settings =>
    [
        $"model.whisper={this["model", "whisper"]}", $"model.clip={this["model", "clip"]}", "model.acoustic_feed_forward=64",
        "training.steps=3", "training.warmup_steps=1", "training.batch_size=4", "training.evaluate_every=2", "training.checkpoint_every=1",
        "training.report_every=1",
    ];

    /// <summary>As <see cref="Settings"/>, for the command line.</summary>
    public string[] SetOptions => ["--set", .. Settings];

    public void Dispose() => _folder.Dispose();

    /// <summary>A recording of its own, a tone of half a second.</summary>
    public void Speak(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        double pitch = 200 + 37 * _media++;
        WaveFileWriter.Write(
            path,
            new AudioClip(
                Enumerable.Range(0, 8000).Select(i => 0.4f * (float)Math.Sin(2 * Math.PI * pitch * i / 16_000)).ToArray(), 16_000));
    }

    private void Paint(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] pixels = new byte[20 * 16 * 3];
        new Random(_media++).NextBytes(pixels);
        File.WriteAllBytes(path, PngWriter.Encode(new RgbImage(20, 16, pixels)));
    }

    private void WriteFlickr8k(string root)
    {
        string[] images = ["10_a.jpg", "20_b.jpg", "30_c.jpg", "40_d.jpg", "50_e.jpg", "60_f.jpg"];
        foreach (string image in images)
        {
            Paint(Path.Combine(root, "Flicker8k_Dataset", image));
            for (int i = 0; i < Captions; i++)
            {
                Speak(Path.Combine(root, "flickr_audio", "wavs", $"{image[..^4]}_{i}.wav"));
            }
        }

        IEnumerable<T> Each<T>(Func<string, int, T> line) =>
            images.SelectMany(image => Enumerable.Range(0, Captions).Select(i => line(image, i)));
        TinyMedia.Text(Path.Combine(root, "Flickr8k.token.txt"), [.. Each((image, i) => $"{image}#{i}\t{Words} {i} .")]);
        TinyMedia.Text(Path.Combine(root, "Flickr_8k.trainImages.txt"), images[..2]);
        TinyMedia.Text(Path.Combine(root, "Flickr_8k.devImages.txt"), images[2..4]);
        TinyMedia.Text(Path.Combine(root, "Flickr_8k.testImages.txt"), images[4..]);
        TinyMedia.Text(Path.Combine(root, "flickr_audio", "wav2capt.txt"), [.. Each((image, i) => $"{image[..^4]}_{i}.wav {image} #{i}")]);
        TinyMedia.Text(Path.Combine(root, "flickr_audio", "wav2spk.txt"), [.. Each((image, i) => $"{image[..^4]}_{i}.wav {i}")]);
    }

    private void WriteSpokenCoco(string root)
    {
        foreach (var (split, first) in new[] { ("train", 1), ("val", 11), ("test", 21) })
        {
            var entries = Enumerable.Range(first, 3).Select(id =>
            {
                Paint(Path.Combine(root, "mscoco_img", "val2014", $"COCO_val2014_{id:000000000000}.jpg"));
                var captions = Enumerable.Range(0, 2).Select(take =>
                {
                    Speak(Path.Combine(root, "SpokenCOCO", "wavs", split, "0", $"m1-{id}_{take}.wav"));
                    return $$"""{"text":"{{Words.ToUpperInvariant()}} {{take}}","speaker":"m1","uttid":"m1-{{id}}_{{take}}","wav":"wavs/{{split}}/0/m1-{{id}}_{{take}}.wav"}""";
                });
                return $$"""{"image":"val2014/COCO_val2014_{{id:000000000000}}.jpg","reassign_id":{{id}},"captions":[{{string.Join(',', captions)}}]}""";
            });
            TinyMedia.Raw(
                Path.Combine(root, "SpokenCOCO", $"SpokenCOCO_ksplit_{split}.json"), $$"""{"data":[{{string.Join(",\n", entries)}}]}""");
        }
    }

    private void WriteNarratives(string root)
    {
        (string Split, string Table, int First)[] tables =
            [("train", "coco_train_localized_narratives-00000-of-00004.jsonl", 1), ("val", "coco_val_localized_narratives.jsonl", 11)];
        foreach (var (split, table, first) in tables)
        {
            TinyMedia.Text(Path.Combine(root, "coco_localnarr_audio", table), [.. Enumerable.Range(first, 5).Select(id =>
            {
                Paint(Path.Combine(root, "mscoco_img", $"{split}2017", $"{id:000000000000}.jpg"));
                string recording = $"coco_{split}/coco_{split}_{id}_7.ogg";
                Speak(Path.Combine(root, "coco_localnarr_audio", recording));
                return $$"""{"dataset_id":"mscoco_{{split}}2017","image_id":"{{id}}","annotator_id":7,"caption":"In this image {{Words}}.","timed_caption":[{"utterance":"In this image","start_time":0,"end_time":0.4}],"voice_recording":"{{recording}}"}""";
            })]);
        }
    }
}
