using System.Collections.Immutable;

namespace BrewClip.Data;

/// <summary>One recording of one speaker, as a data set describes it. Nothing is opened: the files may be absent.</summary>
public record Utterance
{
    /// <summary>Unique within the data set; where the data set names its recordings, the recording's file name without ending.</summary>
    public required string Id { get; init; }

    /// <summary>The recording's absolute path; null where the record has text alone.</summary>
    public string? AudioPath { get; init; }

    /// <summary>What was said, or was to be said, as the data set's text has it; null where it has none.</summary>
    public string? Caption { get; init; }

    /// <summary>Who speaks, by the data set's own id; null where it does not say.</summary>
    public string? Speaker { get; init; }

    /// <summary>The class that the record belongs to in data sets that classify; null in others.</summary>
    public string? Label { get; init; }

    /// <summary>Further fields of the record, by the data set's own names.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = ImmutableDictionary<string, string>.Empty;
}
