namespace BrewClip.Cli.Transcripts;

/// <summary>How transcripts are written.</summary>
internal enum TranscriptFormat
{
    Text,
    Json,
    Srt,
    Vtt,
}
