namespace BrewClip.Data.LocalizedNarratives;

/// <summary>A spoken, written and pointed description of an image.</summary>
public sealed record LocalizedNarrative : SpokenImageCaption
{
    /// <summary>The caption in parts with their times; empty where the record has none.</summary>
    public IReadOnlyList<TimedUtterance> TimedCaption { get; init; } = [];

    /// <summary>The mouse's ways over the image; empty where the record has none, or reading them was not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<TracePoint>> Traces { get; init; } = [];
}
