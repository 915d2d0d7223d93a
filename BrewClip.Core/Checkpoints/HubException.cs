using System.Net;

namespace BrewClip.Core.Checkpoints;

/// <summary>A model could not be obtained from the hub; the message is a sentence with the remedy.</summary>
public sealed class HubException : IOException
{
    /// <summary>A failure without an answer from the hub: unreachable, offline, not in the cache, or not what was announced.</summary>
    public HubException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>A refusal by the hub.</summary>
    public HubException(string message, HttpStatusCode statusCode)
        : base(message) =>
        StatusCode = statusCode;

    /// <summary>The hub's answer; null when there was none.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>Whether the same request may succeed later, so that a copy in the cache is better than failing now.</summary>
    internal bool IsTemporary { get; init; }

    /// <summary>Whether a transfer broke off, so that the rest can be asked for at once.</summary>
    internal bool IsInterruption { get; init; }
}
