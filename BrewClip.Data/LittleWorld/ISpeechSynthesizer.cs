using BrewClip.Core.Audio;

namespace BrewClip.Data.LittleWorld;

/// <summary>Turns text into speech.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Speaks a text.</summary>
    /// <param name="text">The words; a comma is a pause.</param>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="mood">How.</param>
    /// <param name="cancellation">Stops the speech.</param>
    /// <returns>Mono speech at 16 kHz.</returns>
    Task<AudioClip> SpeakAsync(string text, Speaker speaker, Mood mood, CancellationToken cancellation);
}
