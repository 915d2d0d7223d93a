using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace BrewClip.Models.Brew;

/// <summary>
/// BrewCLIP as a graph (paper, Figure 2): the trained part (prompt linker, acoustic branch, logit scales) over a frozen CLIP. Whisper
/// is not part of it: its frames and transcripts come in, so that they can be computed once and cached.
/// </summary>
/// <remarks>
/// Its parameters and its state dictionary are the trained part alone, named as in a checkpoint. CLIP stays the caller's: it is
/// neither moved nor disposed with this module. The methods take part in autograd; results belong to the caller and to its dispose
/// scope. Concurrent calls are safe while nothing is trained.
/// </remarks>
public sealed class BrewClipNetwork : nn.Module
{
    /// <summary>ln(1 / 0.07), where both logit scales start (design, section 3).</summary>
    public static readonly float InitialLogitScale = (float)Math.Log(1 / 0.07);

    [ComponentName(Name = "prompts")]
    private readonly PromptLinker? _prompts;

    [ComponentName(Name = "acoustic")]
    private readonly AcousticBranch? _acoustic;

    [ComponentName(Name = "outer_logit_scale")]
    private readonly Parameter _outerLogitScale;

    [ComponentName(Name = "inner_logit_scale")]
    private readonly Parameter _innerLogitScale;

    // Behind a delegate, so that no registration by field can make CLIP's parameters part of a checkpoint.
    private readonly Func<ClipModel> _clip;

    /// <summary>Makes the trained part with fresh weights, on the CPU in float32.</summary>
    /// <param name="config">Which channels there are and how they are linked.</param>
    /// <param name="clip">The frozen towers. The caller keeps and disposes them.</param>
    /// <param name="whisper">The shape of the Whisper whose frames will come in.</param>
    /// <param name="temperatureLearnable">Whether the two logit scales take gradients. Default false.</param>
    /// <exception cref="InvalidDataException">The config contradicts itself or the towers.</exception>
    public BrewClipNetwork(BrewClipConfig config, ClipModel clip, WhisperConfig whisper, bool temperatureLearnable = false)
        : base(nameof(BrewClipNetwork))
    {
        config.Validate();
        Config = config;
        _clip = () => clip;
        bool shared = config.PromptLink == PromptLink.Shared;
        int textWidth = clip.Config.Text.HiddenSize;
        if (config.ActivePrompts > 0)
        {
            _prompts = new PromptLinker(
                config.ActivePrompts, textWidth,
                config.HasAcoustic && !shared ? whisper.Width : null,
                config.VisionPrompts ? clip.Config.Vision.HiddenSize : null);
        }

        if (config.HasAcoustic)
        {
            _acoustic = new AcousticBranch(new AcousticBranchConfig
            {
                AudioWidth = whisper.Width,
                Width = shared ? textWidth : whisper.Width,
                ProjectFrames = shared,
                EmbeddingWidth = clip.Config.EmbeddingSize,
                Layers = config.AcousticLayers,
                Heads = config.AcousticAttentionHeads,
                FeedForward = config.AcousticFeedForward,
                Dropout = config.AcousticDropout,
                MixedStates = config.AcousticLayerMix ? whisper.EncoderLayers + 1 : 0,
            });
        }

        _outerLogitScale = new Parameter(tensor(InitialLogitScale), temperatureLearnable);
        _innerLogitScale = new Parameter(tensor(InitialLogitScale), temperatureLearnable);
        RegisterComponents();
    }

    /// <summary>Which channels there are and how they are linked.</summary>
    public BrewClipConfig Config { get; }

    /// <summary>The outer loss's logarithm of the inverse temperature: a scalar owned by this module.</summary>
    public Tensor OuterLogitScale => _outerLogitScale;

    /// <summary>The inner loss's logarithm of the inverse temperature: a scalar owned by this module.</summary>
    public Tensor InnerLogitScale => _innerLogitScale;

    /// <summary>Whether image embeddings depend on the trained part, so that they cannot be cached while training.</summary>
    public bool TrainsImages => _prompts is { LinksVision: true };

    /// <summary>Whether the acoustic branch reads the states of all of Whisper's layers.</summary>
    public bool MixesStates => _acoustic is { MixesStates: true };

    /// <summary>The pipeline channel: transcripts to vectors.</summary>
    /// <param name="tokens">[N, T] int64: start, text, end, padding.</param>
    /// <returns>[N, d], not normalised. The caller disposes it.</returns>
    public Tensor EmbedText(Tensor tokens) => _clip().Text.forward(tokens, _prompts?.Context, Config.PromptPlacement);

    /// <summary>Images to vectors.</summary>
    /// <param name="pixels">[N, 3, S, S], preprocessed.</param>
    /// <returns>[N, d], not normalised. The caller disposes it.</returns>
    public Tensor EmbedImage(Tensor pixels)
    {
        using var prompts = VisionPrompts();
        return _clip().Vision.forward(pixels, prompts);
    }

    /// <summary>The acoustic channel: Whisper's frames to vectors.</summary>
    /// <param name="frames">[N, T, d_audio], the encoder's last states.</param>
    /// <param name="validFrames">How many frames are speech and not padding, int64 [N]; heeded where the config masks padding.</param>
    /// <returns>[N, d], not normalised. The caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">This variant has no acoustic channel.</exception>
    /// <exception cref="ArgumentException">Padding is to be masked, and the valid frames are missing.</exception>
    public Tensor EmbedAcoustic(Tensor frames, Tensor? validFrames)
    {
        var branch = _acoustic
            ?? throw new InvalidOperationException($"The variant '{Config.Variant}' has no acoustic channel.");
        if (Config.MaskPadding && validFrames is null)
        {
            throw new ArgumentException(
                "This model masks padding (mask_padding is true): it needs the number of valid frames.", nameof(validFrames));
        }

        using var prompts = _prompts?.ForAudio();
        return branch.Forward(frames, prompts, Config.MaskPadding ? validFrames : null);
    }

    /// <summary>The vectors for the image channel; null where it takes none. The caller disposes them.</summary>
    internal Tensor? VisionPrompts() => TrainsImages ? _prompts!.ForVision() : null;

    /// <summary>What the acoustic branch's last layer reads, without a gradient, and the way from there to embeddings.</summary>
    internal (Tensor States, Func<Tensor, Tensor> Embed) AcousticPenultimate(Tensor frames, Tensor validFrames)
    {
        using var noGrad = no_grad();
        using var prompts = _prompts?.ForAudio();
        var mask = AcousticBranch.Mask(frames, prompts, Config.MaskPadding ? validFrames : null);
        return (_acoustic!.Penultimate(frames, prompts, mask), states => _acoustic.EmbeddingFrom(states, mask));
    }

    /// <summary>Encoder states of every depth, mixed by the learned weights. The caller disposes the result.</summary>
    /// <exception cref="InvalidOperationException">This model reads the last layer alone.</exception>
    public Tensor MixStates(IReadOnlyList<Tensor> states) => MixesStates
        ? _acoustic!.Mix(states)
        : throw new InvalidOperationException("This model reads Whisper's last layer alone (acoustic_layer_mix is false).");

    /// <summary>The two channels, added as they are (design, section 3); either alone where the other is absent.</summary>
    /// <returns>A tensor of its own. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">Both are null.</exception>
    public static Tensor Fuse(Tensor? text, Tensor? acoustic) => (text, acoustic) switch
    {
        (Tensor words, Tensor sound) => words + sound,
        (Tensor words, null) => words.alias(),
        (null, Tensor sound) => sound.alias(),
        _ => throw new ArgumentException("Neither a text nor an acoustic embedding was given: there is nothing to fuse."),
    };

    /// <summary>The number of Whisper's frames that hold an utterance: ceil(samples / 320).</summary>
    public static long ValidFrames(long samples) => (samples + 319) / 320;
}
