using static TorchSharp.torch;

namespace BrewClip.Tests.Models.Whisper.Decoding;

/// <summary>The small model, and what its encoder hears in the short golden recording and in variants of it.</summary>
public sealed class ShortRecording : IDisposable
{
    private readonly FormulaModelFixture _models = new();
    private readonly Lazy<Tensor> _features;

    public ShortRecording()
    {
        _features = new(() =>
        {
            using var scope = NewDisposeScope();
            var mel = WhisperInputs.ShortMel();
            var variants = cat([mel, mel.flip(2), mel.roll(700, 2), mel * 0.5f], 0);
            var features = Whisper.Encoder.Encode(variants);
            features.DetachFromDisposeScope();
            return features;
        });
    }

    public BrewClip.Models.Whisper.WhisperModel Whisper => _models.Whisper;

    /// <summary>[4, 1500, 64]: the recording first.</summary>
    public Tensor Features => _features.Value;

    public void Dispose()
    {
        if (_features.IsValueCreated)
        {
            Features.Dispose();
        }

        _models.Dispose();
    }
}
