using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// The shared prompts (paper, section 3.3): L learned vectors of the text tower's width that stand in the text sequence as they
/// are, and reach the audio and image channels through linear maps, so that tuning one channel tunes all.
/// </summary>
/// <remarks>Reading from several threads is safe; moving it to another device or type is not.</remarks>
public sealed class PromptLinker : nn.Module
{
    /// <summary>Standard deviation of the initial vectors (design, section 3).</summary>
    public const double InitialDeviation = 0.02;

    [ComponentName(Name = "context")]
    private readonly Parameter _context;

    [ComponentName(Name = "audio")]
    private readonly Linear? _audio;

    [ComponentName(Name = "vision")]
    private readonly Linear? _vision;

    /// <summary>Makes vectors drawn from normal(0, 0.02) and maps initialised as PyTorch's linear layers are.</summary>
    /// <param name="length">L, the number of vectors; at least 1.</param>
    /// <param name="textWidth">Width of the text tower.</param>
    /// <param name="audioWidth">
    /// Whisper's width, for a linear link to the audio channel; null where that channel takes the vectors as they are, or is absent.
    /// </param>
    /// <param name="visionWidth">Width of the image tower; null where the image channel takes no prompts.</param>
    public PromptLinker(int length, int textWidth, int? audioWidth, int? visionWidth)
        : base(nameof(PromptLinker))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var initial = empty(length, textWidth);
        nn.init.normal_(initial, 0, InitialDeviation);
        _context = new Parameter(initial);
        _audio = audioWidth is int audio ? nn.Linear(textWidth, audio) : null;
        _vision = visionWidth is int vision ? nn.Linear(textWidth, vision) : null;
        RegisterComponents();
    }

    /// <summary>The vectors themselves, [L, d_text]: what the text sequence takes. Owned by this module.</summary>
    public Tensor Context => _context;

    /// <summary>Whether the image channel takes prompts.</summary>
    public bool LinksVision => _vision is not null;

    /// <summary>
    /// The vectors for the audio channel: [L, d_text] where shared, [L, d_audio] where mapped. The caller disposes the result.
    /// </summary>
    public Tensor ForAudio() => _audio is null ? _context.alias() : _audio.call(_context);

    /// <summary>The vectors for the image channel, [L, d_vision]. The caller disposes the result.</summary>
    /// <exception cref="InvalidOperationException">The image channel takes no prompts in this model.</exception>
    public Tensor ForVision() => _vision is null
        ? throw new InvalidOperationException("This model has no prompts in the image channel (vision_prompts is false).")
        : _vision.call(_context);
}
