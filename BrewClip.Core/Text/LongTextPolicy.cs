namespace BrewClip.Core.Text;

/// <summary>What becomes of a text that is longer than the text encoder's context.</summary>
public enum LongTextPolicy
{
    /// <summary>The text is cut at the context's end, as in openai/CLIP: what comes after is not seen.</summary>
    Truncate,

    /// <summary>
    /// The text is cut into overlapping windows of whole clauses (<see cref="TextWindows"/>), whose embeddings are averaged.
    /// </summary>
    Windows,
}
