using System.Buffers;
using System.Text.Json;

namespace BrewClip.Data.TextFiles;

/// <summary>
/// Reads the elements of one list in a JSON object, <c>{"data": [...]}</c>, one after the other, so that a file of some hundred megabytes
/// takes the memory of one element.
/// </summary>
internal sealed class JsonArrayReader : IDisposable
{
    private const int InitialBuffer = 1 << 16;

    private readonly Stream _stream;
    private readonly string _path;
    private readonly string _list;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private int _start;
    private int _end;
    private bool _isFinal;
    private bool _insideList;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });

    private JsonArrayReader(string path, string list)
    {
        _path = path;
        _list = list;
        _stream = File.Exists(path) ? File.OpenRead(path) : throw new FileNotFoundException($"There is no file '{path}'.", path);
    }

    /// <summary>The elements with their numbers, counted from 1. Each is valid until the next is asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no JSON object, or has no such list.</exception>
    public static IEnumerable<(int Number, JsonElement Element)> Read(string path, string list)
    {
        using var reader = new JsonArrayReader(path, list);
        for (int number = 1; reader.Next(number) is { } document; number++)
        {
            using (document)
            {
                yield return (number, document.RootElement);
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private JsonDocument? Next(int number)
    {
        try
        {
            if (!_insideList)
            {
                FindList();
            }

            JsonDocument? document;
            while (!TryElement(out document))
            {
                Fill();
            }

            return document;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{_path}', entry {number} of '{_list}': not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Utf8JsonReader's answer to a property's name with half a surrogate pair.
            throw new InvalidDataException($"'{_path}', entry {number} of '{_list}': no Unicode text: {exception.Message}", exception);
        }
    }

    /// <summary>False when more bytes are needed; true with null at the list's end.</summary>
    private bool TryElement(out JsonDocument? document)
    {
        var reader = Reader();
        document = null;
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType != JsonTokenType.EndArray && !JsonDocument.TryParseValue(ref reader, out document))
        {
            return false;
        }

        Keep(reader);
        return true;
    }

    private void FindList()
    {
        while (!TryFindList())
        {
            Fill();
        }

        _insideList = true;
    }

    private bool TryFindList()
    {
        var reader = Reader();
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                throw NoList();
            }

            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals(_list))
            {
                // Without the value in the buffer the property is looked at again when it is.
                return reader.Read() && (reader.TokenType == JsonTokenType.StartArray ? Keep(reader) : throw NoList());
            }

            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && !reader.TrySkip())
            {
                return false;
            }
        }

        return !_isFinal ? false : throw NoList();
    }

    private InvalidDataException NoList() => new($"'{_path}' has no list '{_list}': it is not a file of this data set.");

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);

    private bool Keep(Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return true;
    }

    private void Fill()
    {
        if (_isFinal)
        {
            throw new JsonException("The file ends too early.");
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isFinal = read == 0;
    }
}
