using BrewClip.Models.Clip;
using BrewClip.Models.Loading;
using BrewClip.Models.Whisper;

namespace BrewClip.Models.Presets;

/// <summary>
/// The configurations of every published Whisper and CLIP size, by their names on the hub without the owner: <c>whisper-base.en</c>,
/// <c>clip-vit-large-patch14</c>. They are resources of this assembly, in the hub's own format.
/// </summary>
public static class ModelPresets
{
    private const string Extension = ".json";

    private static readonly string _lead = typeof(ModelPresets).Namespace + ".";

    /// <summary>Every preset's name, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ModelPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(_lead, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[_lead.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The presets of Whisper models.</summary>
    public static IEnumerable<string> WhisperNames => Names.Where(name => name.StartsWith("whisper-", StringComparison.Ordinal));

    /// <summary>The presets of CLIP models.</summary>
    public static IEnumerable<string> ClipNames => Names.Where(name => name.StartsWith("clip-", StringComparison.Ordinal));

    /// <summary>A published Whisper model's shape.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static WhisperConfig Whisper(string name) => WhisperConfig.Read(Open(name));

    /// <summary>
    /// The cross-attention heads that follow the timing of words in a published Whisper model (whisper/__init__.py lists them), for folders
    /// whose <c>generation_config.json</c> does not say.
    /// </summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static IReadOnlyList<AlignmentHead> WhisperAlignmentHeads(string name) =>
        WhisperGenerationConfig.Read(Open(name)).AlignmentHeads!;

    /// <summary>A published CLIP model's shape.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static ClipConfig Clip(string name) => ClipConfig.Read(Open(name));

    private static ConfigFile Open(string name)
    {
        using var stream = typeof(ModelPresets).Assembly.GetManifestResourceStream(_lead + name + Extension)
            ?? throw new ArgumentException($"There is no preset '{name}': there are {string.Join(", ", Names)}.", nameof(name));
        using var reader = new StreamReader(stream);
        return ConfigFile.Parse(reader.ReadToEnd(), $"the preset '{name}'");
    }
}
