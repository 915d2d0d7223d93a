namespace BrewClip.Core.Checkpoints;

/// <summary>How far the download of a model has come.</summary>
/// <param name="File">The file in transfer, as the repository names it.</param>
/// <param name="BytesDone">Bytes of it on the disk, those of an earlier attempt included.</param>
/// <param name="BytesTotal">Its size, or null where the server does not say.</param>
/// <param name="FileNumber">Counted from 1.</param>
/// <param name="FileCount">Files known to be needed so far; grows when an index of shards has been read.</param>
public readonly record struct HubProgress(string File, long BytesDone, long? BytesTotal, int FileNumber, int FileCount);
