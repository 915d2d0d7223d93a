namespace BrewClip.Core.Checkpoints;

/// <summary>
/// One model in the hub's cache layout, shared with Python: <c>blobs/</c> by ETag, <c>refs/</c> from a branch to its commit,
/// <c>snapshots/COMMIT/</c> with links to the blobs.
/// </summary>
internal sealed class HubCache(HubOptions options, HubRepository repository)
{
    private readonly string _root = Path.Combine(Path.GetFullPath(options.CacheFolder), repository.FolderName);

    public string Blob(string etag) => Path.Combine(_root, "blobs", etag);

    public string Snapshot(string commit) => Path.Combine(_root, "snapshots", commit);

    public string Pointer(string commit, string file) => Path.Combine([Snapshot(commit), .. file.Split('/')]);

    public string Lock(string etag) =>
        Path.Combine(Path.GetFullPath(options.CacheFolder), ".locks", repository.FolderName, etag + ".lock");

    /// <summary>The commit that the revision stood for when it was last asked, or null.</summary>
    public string? KnownCommit()
    {
        if (repository.IsCommit)
        {
            return repository.Revision;
        }

        string path = Reference();
        string? commit = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        return commit is not null && HubRepository.IsCommitHash(commit) ? commit : null;
    }

    public void Remember(string commit)
    {
        if (repository.IsCommit || KnownCommit() == commit)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Reference())!);
        AtomicFile.WriteAllText(Reference(), commit);
    }

    /// <summary>The snapshot's folder when everything that loading needs is in it, else null.</summary>
    public string? CompleteSnapshot(string commit)
    {
        bool Has(string file) => File.Exists(Pointer(commit, file));

        bool complete = Has(ModelFiles.Config) && options.AdditionalFiles.All(Has) && (!options.RequireWeights || HasWeights(commit));
        return complete ? Snapshot(commit) : null;
    }

    /// <summary>Makes the file appear in the snapshot: a relative link where the file system can, else a copy.</summary>
    public void Point(string commit, string file, string etag)
    {
        string pointer = Pointer(commit, file), blob = Blob(etag);
        Directory.CreateDirectory(Path.GetDirectoryName(pointer)!);
        if (File.Exists(pointer))
        {
            return;
        }

        File.Delete(pointer);
        if (!options.UseSymbolicLinks || !TryLink(pointer, blob))
        {
            AtomicFile.Write(pointer, stream =>
            {
                using var source = File.OpenRead(blob);
                source.CopyTo(stream);
            });
        }
    }

    private static bool TryLink(string pointer, string blob)
    {
        try
        {
            File.CreateSymbolicLink(pointer, Path.GetRelativePath(Path.GetDirectoryName(pointer)!, blob));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Windows without developer mode, or another process that was faster.
            return File.Exists(pointer);
        }
    }

    private string Reference() => Path.Combine([_root, "refs", .. repository.Revision.Split('/')]);

    private bool HasWeights(string commit)
    {
        if (File.Exists(Pointer(commit, SafetensorsFile.SingleFileName)))
        {
            return true;
        }

        string index = Pointer(commit, SafetensorsIndex.FileName);
        try
        {
            return File.Exists(index) && SafetensorsIndex.Read(index).Values.Distinct().All(shard => File.Exists(Pointer(commit, shard)));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
