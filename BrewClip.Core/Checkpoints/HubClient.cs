using System.Net;
using System.Net.Http.Headers;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Requests to the hub: redirects followed by hand so that the token stays with the hub's own host, answers of 429 and 5xx and lost
/// connections retried with growing waits.
/// </summary>
internal sealed class HubClient(HttpClient http, HubOptions options)
{
    private const int MaxRedirects = 10;
    private static readonly string _userAgent = $"brewclip/{typeof(HubClient).Assembly.GetName().Version?.ToString(3)}";

    private readonly Uri _endpoint = ParseEndpoint(options.Endpoint);

    public HubOptions Options => options;

    public Uri Address(string path) => new(_endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>
    /// The answer, whatever its status, with its body still to be read. Redirects are followed, unless <paramref name="keepRedirect"/>
    /// wants that very answer.
    /// </summary>
    /// <exception cref="HubException">No connection, no answer in time, or a redirect that is refused.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, long resumeFrom, Func<HttpResponseMessage, bool>? keepRedirect, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan? wait;
            try
            {
                var response = await FollowAsync(method, address, resumeFrom, keepRedirect, cancellationToken).ConfigureAwait(false);
                wait = WaitBeforeRetry(response, attempt);
                if (wait is null)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HubException exception) when (exception.IsTemporary && attempt < options.MaxRetries)
            {
                wait = Backoff(attempt);
            }

            await Task.Delay(wait.Value, cancellationToken).ConfigureAwait(false);
        }
    }

    public TimeSpan Backoff(int attempt) => options.RetryDelay * Math.Pow(2, Math.Min(attempt, 10));

    private TimeSpan? WaitBeforeRetry(HttpResponseMessage response, int attempt)
    {
        bool retryable = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            || (int)response.StatusCode >= 500;
        if (!retryable || attempt >= options.MaxRetries)
        {
            return null;
        }

        var wait = HubRefusal.RetryAfter(response) ?? Backoff(attempt);
        return wait <= options.MaxRetryAfter ? wait : null;
    }

    private async Task<HttpResponseMessage> FollowAsync(
        HttpMethod method, Uri address, long resumeFrom, Func<HttpResponseMessage, bool>? keepRedirect, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(method, address, resumeFrom, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)
                || response.Headers.Location is not { } location
                || keepRedirect?.Invoke(response) == true)
            {
                return response;
            }

            response.Dispose();
            var next = new Uri(address, location);
            if (redirects == MaxRedirects || next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
            {
                throw new HubException(
                    $"'{address}' redirects to '{next}', which is refused: "
                    + $"{(redirects == MaxRedirects ? "too many redirects" : "not encrypted")}.");
            }

            address = next;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, long resumeFrom, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (resumeFrom > 0)
        {
            request.Headers.Range = new RangeHeaderValue(resumeFrom, null);
        }

        if (options.Token is { } token && IsOwnHost(address))
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.ResponseTimeout);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            string sentence = $"'{address.Host}' did not answer within {options.ResponseTimeout.TotalSeconds:0.###} s.";
            throw new HubException(sentence, exception) { IsTemporary = true };
        }
        catch (HttpRequestException exception)
        {
            throw new HubException($"'{address.Host}' could not be reached: {exception.Message}", exception) { IsTemporary = true };
        }
    }

    private bool IsOwnHost(Uri address) =>
        Uri.Compare(address, _endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static Uri ParseEndpoint(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException(
                $"'{endpoint}' is no address of a hub: HF_ENDPOINT must begin with http:// or https://.", nameof(endpoint));
}
