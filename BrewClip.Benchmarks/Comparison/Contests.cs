using BrewClip.Benchmarks.Audio;
using BrewClip.Benchmarks.Brew;
using BrewClip.Benchmarks.Checkpoints;
using BrewClip.Benchmarks.Clip;
using BrewClip.Benchmarks.Images;
using BrewClip.Benchmarks.Loading;
using BrewClip.Benchmarks.Retrieval;
using BrewClip.Benchmarks.Text;
using BrewClip.Benchmarks.Training;
using BrewClip.Benchmarks.Whisper;

namespace BrewClip.Benchmarks.Comparison;

/// <summary>Every contest, in the order of an utterance's road.</summary>
internal static class Contests
{
    private static readonly (string Name, string Preset)[] _clips = [("b32", "clip-vit-base-patch32"), ("l14", "clip-vit-large-patch14")];

    private static readonly string[] _whispers = ["tiny", "base", "small"];

    public static IReadOnlyList<Contest> All { get; } = [.. Front(), .. Networks(), .. Retrieval(), .. Learning()];

    /// <summary>The contests of some names; a name also stands for all that begin with it and a slash. All where none is given.</summary>
    /// <exception cref="ArgumentException">A name is none of them.</exception>
    public static IReadOnlyList<Contest> Named(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (!All.Any(contest => Matches(contest, name)))
            {
                throw new ArgumentException(
                    $"There is no contest '{name}': there are {string.Join(", ", All.Select(contest => contest.Name))}.");
            }
        }

        return names.Count == 0 ? All : [.. All.Where(contest => names.Any(name => Matches(contest, name)))];
    }

    private static bool Matches(Contest contest, string name) =>
        contest.Name == name || contest.Name.StartsWith(name + "/", StringComparison.Ordinal);

    private static IEnumerable<Contest> Front()
    {
        foreach (int bins in (int[])[80, 128])
        {
            yield return new(
                $"log-mel/{bins}", $"30 s of samples to {bins} log-mel bins", "log_mel.py", true, () => new LogMelWorkload(bins));
        }

        foreach (int rate in (int[])[48_000, 44_100])
        {
            yield return new(
                $"resample/{rate}", $"10 s from {rate} Hz to 16 kHz", "resample.py", false, () => new ResamplingWorkload(rate));
        }

        yield return new("image", "a 641×427 JPEG to 3×224×224", "image_preprocess.py", false, () => new ImageWorkload());
        yield return new("tokenize/clip", "1000 captions to CLIP's ids", "clip_tokenizer.py", false, () => new ClipTokenizerWorkload());
        yield return new(
            "tokenize/whisper", "1000 captions to Whisper's ids", "whisper_tokenizer.py", false, () => new WhisperTokenizerWorkload());
        yield return new("safetensors", "340 MB of float32 tensors loaded", "safetensors_load.py", false, () => new SafetensorsWorkload());
    }

    private static IEnumerable<Contest> Networks()
    {
        foreach (string size in _whispers)
        {
            yield return new(
                $"whisper-encoder/{size}", $"Whisper {size}, encoder, 30 s", "whisper_encoder.py", true,
                () => new WhisperEncoderWorkload(size));
        }

        foreach (var (size, rows) in _whispers.SelectMany(size => ((int[])[1, 16]).Select(rows => (size, rows))))
        {
            yield return new(
                $"whisper-step/{size}/{rows}", $"Whisper {size}, a greedy step of {Counted(rows, "row")}", "whisper_step.py", true,
                () => new WhisperStepWorkload(size, rows));
        }

        foreach (var (name, preset) in _clips)
        {
            foreach (int count in (int[])[1, 16])
            {
                yield return new(
                    $"clip-image/{name}/{count}", $"CLIP {name}, {Counted(count, "image")}", "clip_towers.py", true,
                    () => new ClipImageWorkload(preset, count));
                yield return new(
                    $"clip-text/{name}/{count}", $"CLIP {name}, {Counted(count, "caption")} of {ClipTextWorkload.Length} tokens",
                    "clip_towers.py", true, () => new ClipTextWorkload(preset, count));
            }
        }

        foreach (int count in (int[])[1, 16])
        {
            yield return new(
                $"acoustic/{count}", $"acoustic branch, {Counted(count, "utterance")} of 1500 frames", "acoustic_branch.py", true,
                () => new AcousticWorkload(count));
        }

        foreach (int count in (int[])[1, 16])
        {
            yield return new(
                $"encode-speech/{count}", $"EncodeSpeech (base.en, L/14), {Counted(count, "utterance")} of 4 s and 12 tokens",
                "encode_speech.py", true,
                () => new EncodeSpeechWorkload(count));
        }
    }

    private static IEnumerable<Contest> Retrieval()
    {
        // faiss scans for a single query; for several it multiplies matrices.
        foreach (var (count, queries) in ((int, int)[])[(10_000, 1), (100_000, 1), (1_000_000, 1), (100_000, 64)])
        {
            yield return new(
                $"search/{count}/{queries}", $"{Counted(queries, "query", "queries")} over {count:N0} × {SearchWorkload.Dimensions}",
                "flat_search.py", queries > 1,
                () => new SearchWorkload(count, queries));
        }

        const int Images = 100_000;
        yield return new(
            "search-saved/query",
            $"one query of a saved index of {Images:N0} × {SearchWorkload.Dimensions}, paths and facts with the answer",
            "saved_search.py", false, () => new SavedSearchWorkload(Images, opens: false));
        yield return new(
            "search-saved/open", $"one query of a saved index of {Images:N0} × {SearchWorkload.Dimensions} that is opened for it",
            "saved_search.py", false, () => new SavedSearchWorkload(Images, opens: true));
    }

    private static IEnumerable<Contest> Learning()
    {
        yield return new(
            "epoch", "an epoch of 256 JPEGs, decoded, resized and cropped to batches of 16", "epoch.py", false, () => new EpochWorkload());
        yield return new(
            "training-step", "a training step over cached frames (base, B/32), batch 64", "training_step.py", true,
            () => new TrainingStepWorkload());
    }

    private static string Counted(int count, string what, string? several = null) =>
        count == 1 ? $"one {what}" : $"{count} {several ?? what + "s"}";
}
