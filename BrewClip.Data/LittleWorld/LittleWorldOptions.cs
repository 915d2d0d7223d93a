namespace BrewClip.Data.LittleWorld;

/// <summary>
/// What corpus to generate. Equal options give equal words and pictures everywhere, and equal speech with one version of espeak-ng.
/// </summary>
public sealed record LittleWorldOptions
{
    /// <summary>The number of images over all splits, at least 12. Each gets five spoken captions. Default 6 000.</summary>
    public int Images { get; init; } = 6_000;

    /// <summary>Decides every draw. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How the speakers speak. Default: scripted.</summary>
    public SpeakingStyle Style { get; init; } = SpeakingStyle.Scripted;

    /// <summary>Width and height of the pictures in pixels, 16 to 4096. Default 128.</summary>
    public int ImageSize { get; init; } = SceneRenderer.DefaultSize;

    /// <summary>The part of the images for development, and again for test. Default 1/12, at least one image each.</summary>
    public double HeldOutShare { get; init; } = 1.0 / 12;

    /// <summary>The part of the figure scenes that come a second time with another mood and the same words. Default 0.5.</summary>
    public double TwinShare { get; init; } = 0.5;

    /// <summary>Sentences spoken at once. Default: the machine's processors.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        string? wrong = this switch
        {
            { Images: < 12 or > 1_000_000 } => $"{Images} images were asked for; give 12 to 1000000",
            { ImageSize: < 16 or > 4096 } => $"the image size is {ImageSize}; give 16 to 4096",
            { HeldOutShare: not (> 0 and <= 0.4) } => $"the held-out share is {HeldOutShare}; give more than 0 and at most 0.4",
            { TwinShare: not (>= 0 and <= 1) } => $"the share of twins is {TwinShare}; give 0 to 1",
            { Parallelism: < 1 } => $"the parallelism is {Parallelism}; give at least 1",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ArgumentException($"Little World cannot be generated: {wrong}.");
        }
    }
}
