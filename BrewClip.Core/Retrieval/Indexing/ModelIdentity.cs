namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>Which model made some vectors: a name for people, and a fingerprint that is the same wherever the model lies.</summary>
/// <param name="Name">What the user calls the model: a hub name or a folder.</param>
/// <param name="Fingerprint">A digest of what decides the vectors, in hexadecimal; null where only the name is known.</param>
public sealed record ModelIdentity(string Name, string? Fingerprint = null)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static ModelIdentity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.LastIndexOf(" [", StringComparison.Ordinal);
        bool hasFingerprint = open > 0 && text.EndsWith(']') && text[(open + 2)..^1].All(char.IsAsciiHexDigit);
        return hasFingerprint ? new ModelIdentity(text[..open], text[(open + 2)..^1]) : new ModelIdentity(text);
    }

    /// <summary>Whether both make the same vectors: by their fingerprints, or by their names where one has no fingerprint.</summary>
    public bool Matches(ModelIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Fingerprint is not null && other.Fingerprint is not null
            ? string.Equals(Fingerprint, other.Fingerprint, StringComparison.OrdinalIgnoreCase)
            : string.Equals(Name, other.Name, StringComparison.Ordinal);
    }

    /// <summary>The form that is kept in an index: <c>name [fingerprint]</c>.</summary>
    public override string ToString() => Fingerprint is null ? Name : $"{Name} [{Fingerprint}]";
}
