using BrewClip.Core.Audio;
using BrewClip.Data.LittleWorld;

namespace BrewClip.Tests.Data.LittleWorld;

/// <summary>Says nothing but a tone: what the corpus is made of does not depend on who speaks.</summary>
internal sealed class ToneSynthesizer(Action<int>? onSaid = null) : ISpeechSynthesizer
{
    private int _said;

    public Task<AudioClip> SpeakAsync(string text, Speaker speaker, Mood mood, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        onSaid?.Invoke(Interlocked.Increment(ref _said));
        float[] samples = [.. Enumerable.Range(0, 1600).Select(i => 0.1f * MathF.Sin(i * speaker.Pitch * 0.01f))];
        return Task.FromResult(new AudioClip(samples, 16_000));
    }
}
