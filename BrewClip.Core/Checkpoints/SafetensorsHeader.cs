using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace BrewClip.Core.Checkpoints;

/// <summary>
/// Reads and checks the header of one safetensors file (8 bytes of length, JSON, data) before anything in it is trusted:
/// afterwards every tensor lies inside the file, none overlaps another and no byte is unaccounted for.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's own limit (MAX_HEADER_SIZE of the reference implementation).</summary>
    public const long MaxHeaderLength = 100_000_000;

    // Far more than any tensor library's own limit; a longer list is an attempt to fill memory and messages.
    private const int MaxDimensions = 64;
    private const int LengthPrefix = 8;
    private const string MetadataKey = "__metadata__";

    private readonly string _file;
    private readonly long _fileLength;
    private readonly long _dataStart;

    private SafetensorsHeader(string file, long fileLength, long headerLength)
    {
        _file = file;
        _fileLength = fileLength;
        _dataStart = LengthPrefix + headerLength;
    }

    public Dictionary<string, TensorInfo> Tensors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The header is not what the format demands; the message names file, value and
    /// place.</exception>
    public static SafetensorsHeader Read(string path, Stream stream)
    {
        long length = stream.Length;
        if (length < LengthPrefix)
        {
            throw new InvalidDataException($"'{path}' holds {length} bytes: a safetensors file starts with 8 bytes of header length.");
        }

        Span<byte> prefix = stackalloc byte[LengthPrefix];
        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxHeaderLength)
        {
            throw new InvalidDataException(
                $"'{path}' claims a header of {headerLength} bytes; the format allows {MaxHeaderLength}. It is no safetensors file, or "
                + "it is damaged.");
        }

        if ((long)headerLength > length - LengthPrefix)
        {
            throw new InvalidDataException(
                $"'{path}' claims a header of {headerLength} bytes but holds only {length - LengthPrefix} after the length: it is cut "
                + "off.");
        }

        byte[] json = new byte[headerLength];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader(path, length, (long)headerLength);
        header.Parse(json);
        header.CheckCoverage();
        return header;
    }

    private void Parse(byte[] json)
    {
        if (json.Length == 0 || json[0] != (byte)'{')
        {
            throw Refuse("does not begin with '{'");
        }

        if (!Utf8.IsValid(json))
        {
            throw Refuse("is not UTF-8");
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadEntry(ref reader);
            }

            while (reader.Read())
            {
                throw Refuse("goes on after its object ends");
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{_file}': the header is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Utf8JsonReader's answer to a lone surrogate in an escaped string and to a value of another kind.
            throw new InvalidDataException($"'{_file}': the header holds a value of the wrong kind: {exception.Message}", exception);
        }
    }

    private void ReadEntry(ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        reader.Read();
        if (name == MetadataKey)
        {
            ReadMetadata(ref reader);
        }
        else if (!Tensors.TryAdd(name, ReadTensor(ref reader, name)))
        {
            throw Refuse($"names tensor '{name}' twice");
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject || Metadata.Count > 0)
        {
            throw Refuse($"has a {MetadataKey} that is not one object of strings");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || !Metadata.TryAdd(key, reader.GetString()!))
            {
                throw Refuse($"has a {MetadataKey} whose '{key}' is no string or occurs twice");
            }
        }
    }

    private TensorInfo ReadTensor(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse($"describes tensor '{name}' by something other than an object");
        }

        SafetensorsType? type = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when type is null:
                    type = ReadType(ref reader, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name, key);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name, key);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Refuse($"gives tensor '{name}' its {key} twice");
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw Refuse($"does not give tensor '{name}' all of dtype, shape and data_offsets");
        }

        return Check(name, type.Value, shape, offsets);
    }

    private SafetensorsType ReadType(ref Utf8JsonReader reader, string name)
    {
        string text = reader.GetString() ?? "null";
        return SafetensorsTypes.TryParse(text, out var type) ? type : throw Refuse($"gives tensor '{name}' the unknown dtype '{text}'");
    }

    private List<long> ReadNumbers(ref Utf8JsonReader reader, string name, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Refuse($"gives tensor '{name}' a {key} that is no list of whole numbers");
        }

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Refuse($"gives tensor '{name}' a {key} with a value outside 0 to 2^63 - 1");
            }

            if (numbers.Count == MaxDimensions)
            {
                throw Refuse($"gives tensor '{name}' a {key} of more than {MaxDimensions} numbers");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private TensorInfo Check(string name, SafetensorsType type, List<long> shape, List<long> offsets)
    {
        if (!SafetensorsTypes.TryGetByteLength(type, shape, out long elements, out long bytes))
        {
            throw Refuse(
                $"gives tensor '{name}' the shape [{string.Join(", ", shape)}], whose size in {type.HeaderName()} is no whole number of "
                + "bytes below 2^63");
        }

        long dataLength = _fileLength - _dataStart;
        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength)
        {
            throw Refuse($"places tensor '{name}' at [{string.Join(", ", offsets)}] of {dataLength} bytes of data");
        }

        if (offsets[1] - offsets[0] != bytes)
        {
            throw Refuse(
                $"gives tensor '{name}' {offsets[1] - offsets[0]} bytes where [{string.Join(", ", shape)}] of {type.HeaderName()} takes "
                + $"{bytes}");
        }

        return new TensorInfo(name, type, shape.AsReadOnly(), _file)
        {
            ElementCount = elements,
            ByteLength = bytes,
            Offset = _dataStart + offsets[0],
        };
    }

    private void CheckCoverage()
    {
        long end = _dataStart;
        string previous = "the header";
        foreach (var tensor in Tensors.Values.OrderBy(t => t.Offset).ThenBy(t => t.ByteLength))
        {
            if (tensor.Offset != end)
            {
                string fault = tensor.Offset < end ? "overlaps" : "leaves a hole after";
                throw Refuse($"places tensor '{tensor.Name}' so that it {fault} {previous}");
            }

            end += tensor.ByteLength;
            previous = $"tensor '{tensor.Name}'";
        }

        if (end != _fileLength)
        {
            throw Refuse($"accounts for {end} of the file's {_fileLength} bytes");
        }
    }

    private InvalidDataException Refuse(string fault) => new($"'{_file}': the safetensors header {fault}.");
}
