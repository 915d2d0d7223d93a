using System.CommandLine;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Audio;
using BrewClip.Core.Checkpoints;
using BrewClip.Core.Images;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip embed --model M (--image FILE… | --text STRING… | --speech FILE…) --out X.npy</c></summary>
internal sealed class EmbedVerb
{
    private readonly ModelOptions _model = new(LoadedModel.Description);
    private readonly Option<string[]> _images = Items.Option("--image", "Image files: JPEG, PNG.");
    private readonly Option<string[]> _texts = Items.Option("--text", "Texts.");
    private readonly Option<string[]> _speech = Items.Option("--speech", "Recordings: WAV, FLAC, Ogg, MP3.");
    private readonly Option<string> _file =
        new("--out") { Description = "The .npy file to write: float32 [items, width], in the order given.", Required = true };
    private readonly Option<bool> _normalize = new("--normalize") { Description = "Bring vectors to length 1." };
    private readonly Option<string?> _language = new("--language") { Description = "What is spoken; detected by default." };
    private readonly Option<int> _batch = new("--batch-size") { Description = "Items in one pass.", DefaultValueFactory = _ => 16 };

    public static Command Create() => new EmbedVerb().CreateCommand();

    private Command CreateCommand()
    {
        var command = new Command("embed", "Writes the vectors of images, texts or recordings to a NumPy file.")
        {
            _images, _texts, _speech, _file, _normalize, _language, _batch,
        };
        _model.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (images, texts, speech) = (parsed.GetValue(_images) ?? [], parsed.GetValue(_texts) ?? [], parsed.GetValue(_speech) ?? []);
        int kinds = new[] { images, texts, speech }.Count(items => items.Length > 0), batch = parsed.GetValue(_batch);
        if (kinds != 1 || batch is < 1 or > 4096)
        {
            throw new UsageException(
                kinds != 1 ? "Give exactly one of --image, --text and --speech." : $"--batch-size is {batch}: 1 to 4096 are possible.");
        }

        string path = Path.GetFullPath(parsed.GetRequiredValue(_file));
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new UsageException($"'{path}' cannot be written: there is no folder '{Path.GetDirectoryName(path)}'.");
        }

        var options = new BrewClipLoadOptions
        {
            Normalize = false,
            ImageBatchSize = batch,
            TextBatchSize = batch,
            SpeechBatchSize = batch,
            Transcription = SpeechQueries.In(parsed.GetValue(_language)),
        };
        using var model = await LoadedModel.LoadAsync(parsed.GetRequiredValue(_model.Model), _model.Read(parsed), options, cancellation)
            .ConfigureAwait(false);
        var vectors = await Task.Run(
            () => images.Length > 0 ? Encode(images, batch, "images", items => model.EncodeImages(Load(items, LoadImage), cancellation))
                : texts.Length > 0 ? Encode(texts, batch, "texts", items => model.EncodeTexts(items, cancellation))
                : Encode(speech, batch, "recordings", items => Vectors(model.EncodeSpeech(Load(items, AudioClip.Load), cancellation))),
            cancellation).ConfigureAwait(false);
        if (parsed.GetValue(_normalize))
        {
            vectors.ForEach(Normalize);
        }

        NpyFile.Write(path, [.. vectors.SelectMany(vector => vector)], vectors.Count, model.Dimensions);
        Output.Message($"{vectors.Count} × {model.Dimensions} in '{path}'.");
        return ExitCode.Done;
    }

    private static List<float[]> Encode(string[] items, int batch, string unit, Func<string[], IReadOnlyList<float[]>> encode)
    {
        var bar = new ProgressBar(unit);
        var vectors = new List<float[]>(items.Length);
        foreach (string[] some in items.Chunk(batch))
        {
            vectors.AddRange(encode(some));
            bar.Report(vectors.Count, items.Length);
        }

        return vectors;
    }

    private static T[] Load<T>(string[] paths, Func<string, T> load)
    {
        try
        {
            return [.. paths.AsParallel().AsOrdered().Select(load)];
        }
        catch (AggregateException errors)
        {
            throw errors.InnerExceptions[0];
        }
    }

    private static RgbImage LoadImage(string path) => RgbImage.Load(path);

    private static float[][] Vectors(IReadOnlyList<SpeechEmbedding> speech) => [.. speech.Select(item => item.Vector.ToArray())];

    private static void Normalize(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => (double)value * value));
        for (int i = 0; i < vector.Length && length > 0; i++)
        {
            vector[i] = (float)(vector[i] / length);
        }
    }
}
