using System.CommandLine;
using System.Globalization;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Cli.Transcripts;
using BrewClip.Core.Audio;
using BrewClip.Core.Text;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip transcribe FILE… --model M</c></summary>
internal sealed class TranscribeVerb
{
    private readonly Argument<string[]> _files = Items.Argument("files", "Recordings: WAV, FLAC, Ogg, MP3.");
    private readonly ModelOptions _model = new(LoadedWhisper.Description);
    private readonly Option<string?> _language =
        new("--language") { Description = "What is spoken: a code or an English name. Detected by default." };
    private readonly Option<WhisperTask> _task =
        Choice.Of<WhisperTask>("--task", "The words that are said, or their translation into English.");
    private readonly Option<int?> _beam = new("--beam") { Description = "Beams of a beam search at temperature 0; greedy by default." };
    private readonly Option<double?> _patience = new("--patience") { Description = "Patience of the beam search." };
    private readonly Option<double?> _lengthPenalty =
        new("--length-penalty") { Description = "Exponent of the length by which sequences are ranked, 0 to 1." };
    private readonly Option<int?> _bestOf =
        new("--best-of") { Description = "Samples of which the likeliest is taken, above temperature 0." };
    private readonly Option<TimestampDetail> _timestamps =
        Choice.Of("--timestamps", "How finely the transcript is timed.", TimestampDetail.Segment);
    private readonly Option<TranscriptFormat> _format = Choice.Of<TranscriptFormat>("--format", "How the transcript is written.");
    private readonly Option<double[]> _temperature = new("--temperature")
    {
        Description = "Tried in this order until a result is plausible. Default: 0 0.2 0.4 0.6 0.8 1.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _suppress =
        new("--suppress-tokens") { Description = "Token ids separated by commas; -1 stands for all that is no speech; '' for none." };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "Most tokens in a window." };
    private readonly Option<string?> _prompt = new("--initial-prompt") { Description = "Names and words to expect." };
    private readonly Option<bool> _independent = new("--no-conditioning") { Description = "Do not tell a window what was said before it." };
    private readonly Option<int> _batch =
        new("--batch-size") { Description = "Recordings that are heard at once.", DefaultValueFactory = _ => 8 };

    public static Command Create() => new TranscribeVerb().CreateCommand();

    private Command CreateCommand()
    {
        var command = new Command("transcribe", "Writes down what is said in recordings.")
        {
            _files, _language, _task, _beam, _patience, _lengthPenalty, _bestOf, _timestamps, _format, _temperature, _suppress, _maxTokens,
            _prompt, _independent, _batch,
        };
        _model.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] files = parsed.GetRequiredValue(_files);
        var format = parsed.GetValue(_format);
        var options = ReadOptions(parsed);
        int batch = parsed.GetValue(_batch);
        bool isSubtitles = format is TranscriptFormat.Srt or TranscriptFormat.Vtt;
        if (batch < 1 || (isSubtitles && (files.Length > 1 || options.Timestamps == TimestampDetail.None)))
        {
            throw new UsageException(batch < 1
                ? $"--batch-size is {batch}: at least 1 is needed."
                : "Subtitles are made of one recording with timestamps: give one file, and no '--timestamps none'.");
        }

        using var whisper = await LoadedWhisper.LoadAsync(parsed.GetRequiredValue(_model.Model), _model.Read(parsed), cancellation)
            .ConfigureAwait(false);
        var writer = new TranscriptWriter(format);
        var bar = new ProgressBar("recordings");
        int done = 0, failed = 0;
        foreach (string[] names in files.Chunk(batch))
        {
            var clips = names.Select(name => (Name: name, Clip: Load(name))).ToArray();
            failed += clips.Count(item => item.Clip is null);
            var readable = clips.Where(item => item.Clip is not null).ToArray();
            AudioClip[] sounds = [.. readable.Select(item => item.Clip!)];
            var transcripts = await Task.Run(
                () => whisper.Transcriber.TranscribeBatch(sounds, options, batch, null, cancellation), cancellation).ConfigureAwait(false);
            foreach (var ((name, _), transcript) in readable.Zip(transcripts))
            {
                writer.Write(name, transcript);
            }

            done += names.Length;
            bar.Report(done, files.Length);
        }

        writer.Finish();
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private TranscriptionOptions ReadOptions(ParseResult parsed)
    {
        var defaults = new TranscriptionOptions();
        double[]? temperatures = parsed.GetValue(_temperature);
        var options = defaults with
        {
            Decoding = defaults.Decoding with
            {
                Language = parsed.GetValue(_language),
                Task = parsed.GetValue(_task),
                BeamSize = parsed.GetValue(_beam),
                Patience = parsed.GetValue(_patience),
                LengthPenalty = parsed.GetValue(_lengthPenalty),
                BestOf = parsed.GetValue(_bestOf),
                MaxTokens = parsed.GetValue(_maxTokens),
                SuppressTokens = parsed.GetValue(_suppress) is { } ids ? ParseIds(ids) : defaults.Decoding.SuppressTokens,
            },
            Timestamps = parsed.GetValue(_timestamps),
            Temperatures = temperatures is { Length: > 0 } ? temperatures : defaults.Temperatures,
            InitialPrompt = parsed.GetValue(_prompt),
            ConditionOnPreviousText = !parsed.GetValue(_independent),
        };
        bool hasZero = options.Temperatures.Contains(0), hasOther = options.Temperatures.Any(temperature => temperature != 0);
        if ((options.Decoding.BeamSize is not null && !hasZero) || (options.Decoding.BestOf is not null && !hasOther))
        {
            throw new UsageException(
                "--beam needs temperature 0, and --best-of one above 0: give --temperature accordingly, or leave one of them out.");
        }

        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static int[] ParseIds(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int[] ids = Array.ConvertAll(
            parts, part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id) ? id : int.MinValue);
        return Array.IndexOf(ids, int.MinValue) is int wrong and >= 0
            ? throw new UsageException($"--suppress-tokens holds '{parts[wrong]}': ids separated by commas are expected, such as -1,50257.")
            : ids;
    }

    // One recording that cannot be read does not take the others with it; the exit code tells.
    private static AudioClip? Load(string name)
    {
        try
        {
            return AudioClip.Load(name);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            Output.Message(error.Message);
            return null;
        }
    }
}
