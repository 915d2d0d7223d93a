using System.Globalization;
using System.Net;

namespace BrewClip.Core.Checkpoints;

/// <summary>Turns the hub's refusals into sentences that say what to do.</summary>
internal static class HubRefusal
{
    public static HubException Describe(HttpResponseMessage response, HubRepository repository, string? file)
    {
        string what = file is null ? $"'{repository.Name}'" : $"'{file}' of '{repository.Name}'";
        var status = response.StatusCode;
        string sentence = status switch
        {
            HttpStatusCode.Unauthorized =>
                $"{what} was refused (401): the model does not exist, or is private or gated and needs a token. Check the name, or set "
                + "HF_TOKEN to a valid token.",
            HttpStatusCode.Forbidden =>
                $"{what} was refused (403): accept the model's conditions on its page with your account, and set HF_TOKEN to a token of "
                + "that account with read access.",
            HttpStatusCode.NotFound => NotFound(response, repository, file),
            HttpStatusCode.TooManyRequests =>
                $"{what} was refused (429): too many requests. Try again {AfterHowLong(response)}; with a token in HF_TOKEN the limit is "
                + "higher.",
            _ when (int)status >= 500 => $"{what} could not be fetched: the hub answered {(int)status} again and again. Try again later.",
            _ => $"{what} could not be fetched: the hub answered {(int)status} {response.ReasonPhrase}.",
        };
        return new HubException(sentence, status) { IsTemporary = status == HttpStatusCode.TooManyRequests || (int)status >= 500 };
    }

    /// <summary>The wait that the answer asks for, in seconds or as a date; null when it asks for none.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string NotFound(HttpResponseMessage response, HubRepository repository, string? file) =>
        HubClient.Header(response, "X-Error-Code") switch
        {
            "RevisionNotFound" => $"'{repository.Name}' has no revision '{repository.Revision}' (404).",
            "EntryNotFound" => $"'{repository.Name}' has no file '{file}' at '{repository.Revision}' (404).",
            _ => $"There is no model '{repository.Name}'{(file is null ? "" : $" with a file '{file}'")} (404): check the name; "
                + "a private one needs a token in HF_TOKEN.",
        };

    private static string AfterHowLong(HttpResponseMessage response) =>
        RetryAfter(response) is { } wait ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(wait.TotalSeconds)} s") : "later";
}
