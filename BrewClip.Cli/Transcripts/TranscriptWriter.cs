using System.Globalization;
using BrewClip.Cli.Terminal;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Cli.Transcripts;

/// <summary>Writes transcripts to standard output: text as they come, JSON as one array at the end.</summary>
internal sealed class TranscriptWriter(TranscriptFormat format)
{
    private readonly List<TranscriptJson> _json = [];

    public void Write(string file, Transcript transcript)
    {
        switch (format)
        {
            case TranscriptFormat.Json:
                _json.Add(TranscriptJson.Of(file, transcript));
                break;
            case TranscriptFormat.Srt:
                WriteSubtitles(transcript, ',');
                break;
            case TranscriptFormat.Vtt:
                Output.Line("WEBVTT\n");
                WriteSubtitles(transcript, '.');
                break;
            default:
                Output.Line(transcript.Text.Trim());
                break;
        }
    }

    public void Finish()
    {
        if (format == TranscriptFormat.Json)
        {
            Output.Json(_json);
        }
    }

    private void WriteSubtitles(Transcript transcript, char point)
    {
        int number = 0;
        foreach (var segment in transcript.Segments.Where(segment => segment.Text.Trim().Length > 0))
        {
            string lead = format == TranscriptFormat.Srt ? string.Create(CultureInfo.InvariantCulture, $"{++number}\n") : "";
            // An arrow in the text would be read as a time.
            string text = segment.Text.Trim().Replace("-->", "->", StringComparison.Ordinal);
            Output.Line($"{lead}{Time(segment.Start, point)} --> {Time(segment.End, point)}\n{text}\n");
        }
    }

    private string Time(double seconds, char point)
    {
        long milliseconds = (long)Math.Round(seconds * 1000);
        var (hours, minutes, rest) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60, milliseconds % 60_000);
        string lead = format == TranscriptFormat.Srt || hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours:00}:") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{lead}{minutes:00}:{rest / 1000:00}{point}{rest % 1000:000}");
    }
}
