namespace BrewClip.Core.Retrieval.Indexing;

/// <summary>
/// Which model made some vectors: a name for people, and a fingerprint that is the same wherever the model lies. Immutable.
/// </summary>
/// <param name="Name">What the user calls the model: a hub name or a folder.</param>
/// <param name="Fingerprint">A digest of what decides the vectors, in hexadecimal; null where only the name is known.</param>
public sealed record ModelIdentity(string Name, string? Fingerprint = null)
{
    /// <summary>A digest of what decides the vectors, in hexadecimal; null where only the name is known.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds something else than hexadecimal digits.</exception>
    public string? Fingerprint { get; init => field = Checked(value); } = Checked(Fingerprint);

    /// <summary>Reads what <see cref="ToString"/> wrote; any other text is a name alone.</summary>
    public static ModelIdentity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Bracket(text) is not (>= 0 and int open) ? new ModelIdentity(text)
            : open + 3 == text.Length ? new ModelIdentity(text[..open])
            : new ModelIdentity(text[..open], text[(open + 2)..^1]);
    }

    /// <summary>Whether both make the same vectors: by their fingerprints, or by their names where one has no fingerprint.</summary>
    public bool Matches(ModelIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Fingerprint is not null && other.Fingerprint is not null
            ? string.Equals(Fingerprint, other.Fingerprint, StringComparison.OrdinalIgnoreCase)
            : string.Equals(Name, other.Name, StringComparison.Ordinal);
    }

    /// <summary>
    /// The form that is kept in an index: <c>name [fingerprint]</c>, or the name alone; <c>name []</c> where the name itself ends as if a
    /// fingerprint stood there.
    /// </summary>
    public override string ToString() => Fingerprint is not null || Bracket(Name) >= 0 ? $"{Name} [{Fingerprint}]" : Name;

    // Where the fingerprint's part begins, with its space; -1 where there is none.
    private static int Bracket(string text)
    {
        int open = text.LastIndexOf(" [", StringComparison.Ordinal);
        return open >= 0 && text.EndsWith(']') && text[(open + 2)..^1].All(char.IsAsciiHexDigit) ? open : -1;
    }

    private static string? Checked(string? fingerprint) =>
        fingerprint is null || (fingerprint.Length > 0 && fingerprint.All(char.IsAsciiHexDigit))
        ? fingerprint
        : throw new ArgumentException($"The fingerprint is '{fingerprint}': hexadecimal digits are expected, or null where there is none.");
}
