using BrewClip.Cli.Terminal;
using BrewClip.Models.Whisper.Transcription;

namespace BrewClip.Cli.Models;

/// <summary>How the verbs that embed speech have it transcribed.</summary>
internal static class SpeechQueries
{
    /// <summary>The preset for queries, in a language if one is given.</summary>
    public static TranscriptionOptions In(string? language)
    {
        var preset = TranscriptionOptions.SpeechQuery;
        var options = preset with { Decoding = preset.Decoding with { Language = language } };
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
}
