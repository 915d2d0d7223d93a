using System.Net;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Fetches one file into <c>blobs/ETAG</c>: into <c>ETAG.incomplete</c> first, taken up again where an earlier attempt or another run
/// stopped, then checked and renamed. The caller holds the blob's lock.
/// </summary>
internal sealed class HubDownload(HubClient client, HubRepository repository, HubFile file, string blob, Action<long>? report)
{
    private const int BufferSize = 1 << 18;

    private readonly string _incomplete = blob + ".incomplete";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        bool resumed = Have() > 0;
        CheckSpace();
        await FetchAsync(cancellationToken).ConfigureAwait(false);
        if (!await HubChecksum.MatchesAsync(_incomplete, file.ETag, cancellationToken).ConfigureAwait(false))
        {
            // What an earlier run left may be the fault; a file fetched in one go and still wrong is not worth another try.
            File.Delete(_incomplete);
            if (!resumed)
            {
                throw new HubException(
                    $"'{file.Name}' of '{repository.Name}' arrived damaged: its checksum is not the announced {file.ETag}. It was "
                    + "deleted; try again, or check the proxy or mirror in between.");
            }

            await RunAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        File.Move(_incomplete, blob, overwrite: true);
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; ;)
        {
            long before = Have();
            try
            {
                await TransferAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HubException exception) when (exception.IsInterruption && attempt < client.Options.MaxRetries)
            {
                attempt = Have() > before ? 0 : attempt + 1;
            }

            await Task.Delay(client.Backoff(attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferAsync(CancellationToken cancellationToken)
    {
        await using var target = new FileStream(_incomplete, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
        if (target.Length > file.Size)
        {
            target.SetLength(0);
        }

        if (target.Length == file.Size && target.Length > 0)
        {
            return;
        }

        using var response = await client.SendAsync(
            HttpMethod.Get, file.Address, target.Length, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            target.SetLength(0);
            throw Interrupted($"'{file.Name}' cannot be taken up where it stopped.");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw HubRefusal.Describe(response, repository, file.Name);
        }

        StartAt(target, response);
        long? expected = file.Size ?? (response.Content.Headers.ContentLength + target.Length);
        await CopyAsync(response, target, expected, cancellationToken).ConfigureAwait(false);
        if (target.Length < expected)
        {
            throw Interrupted($"The connection was lost after {target.Length} of {expected} bytes of '{file.Name}'.");
        }
    }

    private static void StartAt(FileStream target, HttpResponseMessage response)
    {
        bool continues = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == target.Length;
        if (!continues)
        {
            // The server ignores ranges and sends everything from the start, or sends another part than was asked for.
            target.SetLength(0);
            if (response.StatusCode == HttpStatusCode.PartialContent)
            {
                throw Interrupted("The server sent another part of the file than was asked for.");
            }
        }

        target.Position = target.Length;
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream target, long? expected, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int read; (read = await ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (target.Length + read > expected)
                {
                    target.SetLength(0);
                    throw new HubException($"'{file.Name}' of '{repository.Name}' is longer than the announced {expected} bytes: refused.");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                report?.Invoke(target.Length);
            }

            target.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (DiskFull.Is(exception))
        {
            throw DiskFull.Describe(_incomplete, exception);
        }
    }

    private async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(client.Options.StallTimeout);
        try
        {
            return await source.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Interrupted(
                $"The transfer of '{file.Name}' stood still for {client.Options.StallTimeout.TotalSeconds:0.###} s.", exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Interrupted($"The connection was lost during the transfer of '{file.Name}': {exception.Message}", exception);
        }
    }

    private static HubException Interrupted(string sentence, Exception? cause = null) =>
        new(sentence, cause) { IsTemporary = true, IsInterruption = true };

    private long Have() => File.Exists(_incomplete) ? new FileInfo(_incomplete).Length : 0;

    private void CheckSpace()
    {
        long needed = (file.Size ?? 0) - Have();
        long available;
        try
        {
            available = new DriveInfo(Path.GetDirectoryName(blob)!).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A share without a drive letter, say: then the write itself has to tell.
            return;
        }

        if (needed > available)
        {
            throw new HubException(
                $"'{file.Name}' of '{repository.Name}' needs {needed} bytes, but the disk of '{blob}' has {available} left: free some "
                + "space, or set HF_HUB_CACHE to another disk.");
        }
    }
}
