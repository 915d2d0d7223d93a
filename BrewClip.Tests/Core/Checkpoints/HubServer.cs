using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BrewClip.Tests.Core.Checkpoints;

internal sealed record HubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>First byte asked for, or null without a Range header.</summary>
    public long? RangeStart => Header("Range") is { } range ? long.Parse(range["bytes=".Length..].TrimEnd('-')) : null;
}

/// <summary>What a test's server sends: <see cref="CutAfter"/> bytes of the body and then a closed connection, or a pause before the
/// rest.</summary>
internal sealed record HubAnswer(int Status)
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Body { get; init; } = [];

    public int? CutAfter { get; init; }

    public TimeSpan Pause { get; init; }
}

/// <summary>A small HTTP server on a free loopback port, one request per connection, that answers as a test wants, also wrongly.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HubRequest, HubAnswer> _answer;
    private readonly List<HubRequest> _requests = [];

    public HubServer(Func<HubRequest, HubAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyList<HubRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                var request = await ReadAsync(stream);
                lock (_requests)
                {
                    _requests.Add(request);
                }

                await WriteAsync(stream, request, _answer(request));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client went away, which some tests want.
        }
    }

    private async Task<HubRequest> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines.Length > 0 ? lines[0].Split(' ') : throw new IOException("An empty request.");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return new HubRequest(first[0], Uri.UnescapeDataString(first[1]), headers);
    }

    private async Task WriteAsync(Stream stream, HubRequest request, HubAnswer answer)
    {
        var headers = new Dictionary<string, string>(answer.Headers, StringComparer.OrdinalIgnoreCase) { ["Connection"] = "close" };
        headers.TryAdd("Content-Length", answer.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        string head = $"HTTP/1.1 {answer.Status} Status\r\n{string.Concat(headers.Select(h => $"{h.Key}: {h.Value}\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        if (request.Method == "HEAD")
        {
            return;
        }

        int cut = Math.Min(answer.CutAfter ?? answer.Body.Length, answer.Body.Length);
        await stream.WriteAsync(answer.Body.AsMemory(0, cut), _stop.Token);
        await stream.FlushAsync(_stop.Token);
        if (answer.Pause > TimeSpan.Zero)
        {
            await Task.Delay(answer.Pause, _stop.Token);
        }
    }
}
