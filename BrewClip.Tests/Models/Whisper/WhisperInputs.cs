using BrewClip.Core.Audio;
using BrewClip.Tests.Support;
using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper;

/// <summary>Inputs of the golden recordings.</summary>
internal static class WhisperInputs
{
    /// <summary>The log-mel window of the short golden recording, [1, 80, 3000].</summary>
    public static Tensor ShortMel()
    {
        var clip = AudioClip.Load(TestFiles.Golden("whisper", "short.wav")).Resample(LogMelSpectrogram.SampleRate);
        var mel = new float[80 * LogMelSpectrogram.WindowFrames];
        new LogMelSpectrogram(80).ComputeWindow(clip.Samples.Span, mel);
        return tensor(mel, [1, 80, LogMelSpectrogram.WindowFrames]);
    }
}
