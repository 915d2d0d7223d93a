using System.Buffers.Binary;
using System.Text;

namespace BrewClip.Core.Retrieval;

/// <summary>Opens the file format of docs/formats.md, trusting nothing in it before it is checked.</summary>
internal static unsafe class EmbeddingIndexReader
{
    private const int ChecksumStep = 1 << 20;

    public static EmbeddingIndex Open(string path, bool memoryMapped, bool verify)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no index file '{path}'.", path);
        }

        MappedIndexFile file = Map(path, out EmbeddingIndexHeader header);
        try
        {
            RequireTable(file, header.IdTableOffset, header.Count, header.IdBytes, path);
            RequireTable(file, header.MetadataTableOffset, header.Count, header.MetadataBytes, path);
            if (verify)
            {
                RequireChecksum(file, header, path);
            }

            string? model = header.ModelBytes == 0 ? null : Encoding.UTF8.GetString(file.Start + header.ModelOffset, header.ModelBytes);
            var mapped = new MappedSegment(file.Start, header);
            if (memoryMapped)
            {
                return new EmbeddingIndex(new EmbeddingRows(header.Dimensions, mapped), file, model);
            }

            var copy = new EmbeddingIndex(EmbeddingRows.CopyOf(header.Dimensions, mapped), null, model);
            file.Dispose();
            return copy;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static MappedIndexFile Map(string path, out EmbeddingIndexHeader header)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        try
        {
            byte[] start = new byte[EmbeddingIndexHeader.Size];
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            header = EmbeddingIndexHeader.Parse(start.AsSpan(0, read), stream.Length, path);
            return new MappedIndexFile(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static void RequireTable(MappedIndexFile file, long offset, long count, long textBytes, string path)
    {
        var table = (long*)(file.Start + offset);
        long previous = 0;
        for (long i = 0; i <= count; i++)
        {
            long end = table[i];
            bool inOrder = i == 0 ? end == 0 : end >= previous && end - previous <= int.MaxValue;
            if (!inOrder || end > textBytes)
            {
                throw EmbeddingIndexHeader.Damaged(path, $"the text of item {Math.Max(0, i - 1)} lies outside its section");
            }

            previous = end;
        }
    }

    private static void RequireChecksum(MappedIndexFile file, EmbeddingIndexHeader header, string path)
    {
        var checksum = default(Crc32C);
        for (long offset = 0; offset < header.ChecksumOffset; offset += ChecksumStep)
        {
            checksum = checksum.Append(
                new ReadOnlySpan<byte>(file.Start + offset, (int)Math.Min(ChecksumStep, header.ChecksumOffset - offset)));
        }

        var stored = new ReadOnlySpan<byte>(file.Start + header.ChecksumOffset, EmbeddingIndexHeader.ChecksumSize);
        if (checksum.Value != BinaryPrimitives.ReadUInt32LittleEndian(stored))
        {
            throw EmbeddingIndexHeader.Damaged(path, "its content does not match its checksum");
        }
    }
}
