using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BrewClip.Cli.Models;
using BrewClip.Cli.Terminal;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Retrieval;
using BrewClip.Core.Retrieval.Indexing;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Verbs;

/// <summary><c>brewclip search --index FOLDER (--speech FILE | --text STRING | --image FILE)</c></summary>
internal sealed class SearchVerb
{
    private readonly ModelOptions _model =
        new("The model; by default the one that made the index. " + LoadedModel.Description, required: false);
    private readonly Option<string> _folder = new("--index") { Description = "The folder that 'brewclip index' wrote.", Required = true };
    private readonly Option<string?> _speech = new("--speech") { Description = "A recording." };
    private readonly Option<string?> _text = new("--text") { Description = "A text." };
    private readonly Option<string?> _image = new("--image") { Description = "An image." };
    private readonly Option<string?> _language = new("--language") { Description = "What is spoken; detected by default." };
    private readonly Option<int> _top = new("--top") { Description = "How many images.", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _json = new("--json") { Description = "Write the answer as JSON." };
    private readonly Option<string?> _report = new("--open") { Description = "Write the answer as an HTML page, and open it." };

    public static Command Create() => new SearchVerb().CreateCommand();

    private Command CreateCommand()
    {
        var command = new Command("search", "Finds images by speech, by text or by an image.")
        {
            _folder, _speech, _text, _image, _language, _top, _json, _report,
        };
        _model.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var query = new[] { parsed.GetValue(_speech), parsed.GetValue(_text), parsed.GetValue(_image) };
        int top = parsed.GetValue(_top);
        if (query.Count(item => item is not null) != 1 || top < 1)
        {
            throw new UsageException(
                top < 1 ? $"--top is {top}: at least 1 is needed." : "Give exactly one of --speech, --text and --image.");
        }

        string folder = parsed.GetRequiredValue(_folder);
        using var index = ImageIndexFolder.Open(folder);
        string name = parsed.GetValue(_model.Model) ?? ModelIdentity.Parse(index.Model ?? "").Name;
        var options = new BrewClipLoadOptions { Transcription = SpeechQueries.In(parsed.GetValue(_language)) };
        using var model = await LoadedModel.LoadAsync(name, _model.Read(parsed), options, cancellation).ConfigureAwait(false);
        ImageIndexFolder.Open(folder, model.ImageEncoder.Model).Dispose();
        var report = await Task.Run(() => Search(index, model, query[0], query[1], query[2], top, cancellation), cancellation)
            .ConfigureAwait(false);
        Write(report, parsed.GetValue(_json));
        if (parsed.GetValue(_report) is { } page)
        {
            report.Write(page);
            Show(page);
        }

        return ExitCode.Done;
    }

    private static SearchReport Search(
        EmbeddingIndex index, LoadedModel model, string? speech, string? text, string? image, int top, CancellationToken cancellation)
    {
        var heard = speech is null ? null : model.EncodeSpeech([AudioClip.Load(speech)], cancellation)[0];
        var vector = heard?.Vector.ToArray()
            ?? (text is not null
                ? model.EncodeTexts([text], cancellation)[0]
                : model.EncodeImages([RgbImage.Load(image!)], cancellation)[0]);
        return new SearchReport
        {
            Query = text ?? Path.GetFileName(speech ?? image)!,
            QueryFile = speech ?? image,
            Transcript = heard is { Status: SpeechStatus.Transcribed } ? heard.Transcript : null,
            Remark = heard is null ? null : Remark(heard),
            Model = index.Model,
            Searched = index.Count,
            Hits = index.Search(vector, top, cancellation),
        };
    }

    private static string? Remark(SpeechEmbedding heard)
    {
        string by = heard.AcousticVector is null ? "and this model goes by words alone: the answer says nothing" : "found by sound alone";
        return heard.Status switch
        {
            SpeechStatus.NoSpeech => $"no words were heard, {by}",
            SpeechStatus.NotTranscribable => $"could not be transcribed ({heard.Failure}), {by}",
            SpeechStatus.NotTranscribed => $"this model does not transcribe, {by}",
            _ => heard.Language,
        };
    }

    private static void Write(SearchReport report, bool json)
    {
        if (json)
        {
            var results = report.Hits.Select((hit, i) => new { Rank = i + 1, File = hit.Id, hit.Score });
            Output.Json(new { report.Query, report.Transcript, report.Remark, report.Model, report.Searched, Results = results });
            return;
        }

        if (report.Transcript is not null || report.Remark is not null)
        {
            Output.Message(report.Transcript is null ? $"{report.Remark}." : $"Heard: {report.Transcript}");
        }

        foreach (var hit in report.Hits)
        {
            Output.Line(string.Create(CultureInfo.InvariantCulture, $"{hit.Score:0.0000}  {hit.Id}"));
        }
    }

    private static void Show(string page)
    {
        Output.Message($"The report is '{Path.GetFullPath(page)}'.");
        string[] displays = ["DISPLAY", "WAYLAND_DISPLAY"];
        bool hasDesktop = !OperatingSystem.IsLinux() || displays.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
        if (!hasDesktop)
        {
            return;
        }

        try
        {
            Process.Start(new ProcessStartInfo(Path.GetFullPath(page)) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception)
        {
            // No program for HTML pages: the message has said where the page is.
        }
    }
}
