using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Writes safetensors files: streaming, beside-and-rename (see <see cref="AtomicFile"/>), and deterministic, so that equal tensors give
/// equal bytes. Wider element types come first, then names in ordinal order; the data starts at a multiple of 8, so every tensor is aligned
/// to its element size.
/// </summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes <paramref name="tensors"/>; each one's bytes are asked for once, when their turn comes.</summary>
    /// <param name="path">Replaced when everything has been written.</param>
    /// <param name="tensors">Names must differ. Enumerated once; only the descriptions are held.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>, such as <c>format</c> = <c>pt</c>.</param>
    /// <param name="cancellationToken">Stops between tensors; the previous file stays.</param>
    /// <exception cref="ArgumentException">Two tensors share a name, or one is called <c>__metadata__</c>.</exception>
    /// <exception cref="InvalidOperationException">A tensor's callback wrote more or fewer bytes than its shape takes.</exception>
    /// <exception cref="IOException">The disk is full or refuses the write; the previous file stays.</exception>
    public static void Write(
        string path,
        IEnumerable<TensorData> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        List<TensorData> ordered =
            [.. tensors.OrderByDescending(t => t.Type.BitsPerElement()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        CheckNames(ordered);
        byte[] header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var tensor in ordered)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long before = stream.Position;
                tensor.WriteTo(stream);
                long written = stream.Position - before;
                if (written != tensor.ByteLength)
                {
                    throw new InvalidOperationException(
                        $"Tensor '{tensor.Name}' takes {tensor.ByteLength} bytes, but {written} were written for it: '{path}' was not "
                        + "changed.");
                }
            }
        });
    }

    private static void CheckNames(List<TensorData> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (tensor.Name == "__metadata__" || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"A tensor cannot be called '{tensor.Name}': the name is taken.", nameof(tensors));
            }
        }
    }

    private static byte[] Header(List<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[sizeof(ulong)]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, tensors);
            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        byte[] header = buffer.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, List<TensorData> tensors)
    {
        long offset = 0;
        foreach (var tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.HeaderName());
            WriteNumbers(json, "shape", tensor.Shape);
            WriteNumbers(json, "data_offsets", [offset, checked(offset + tensor.ByteLength)]);
            json.WriteEndObject();
            offset += tensor.ByteLength;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
