using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BrewClip.Core.Checkpoints;

/// <summary>The header of a <c>.npy</c> file: magic, version, length, and a Python dictionary of type, order and shape.</summary>
internal sealed partial record NpyHeader(string Type, long[] Shape)
{
    public const string Float32 = "<f4", Float64 = "<f8", Int64 = "<i8";

    private const int Alignment = 64;       // numpy.lib.format.ARRAY_ALIGN
    private const int MaxLength = 1 << 16;  // what version 1.0 can express, and far more than any shape needs

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static byte[] Encode(string type, long[] shape)
    {
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int prefix = Magic.Length + 4;
        int padded = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment - prefix;
        byte[] header = new byte[prefix + padded];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)padded));
        Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + "\n", header.AsSpan(prefix));
        return header;
    }

    public static NpyHeader Read(string path, Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
        {
            throw new InvalidDataException($"'{path}' is no .npy file: it does not begin with NumPy's magic bytes.");
        }

        if (start[6] is < 1 or > 3)
        {
            throw new InvalidDataException($"'{path}' is a .npy file of version {start[6]}.{start[7]}; versions 1 to 3 are read.");
        }

        Span<byte> prefix = stackalloc byte[4];
        int prefixLength = start[6] == 1 ? 2 : 4;
        uint length = stream.ReadAtLeast(prefix[..prefixLength], prefixLength, throwOnEndOfStream: false) < prefixLength
            ? uint.MaxValue
            : prefixLength == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(prefix) : BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length > MaxLength || length > stream.Length - stream.Position)
        {
            throw new InvalidDataException($"'{path}' is cut off inside its header, or the header's length is wrong.");
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        return Parse(path, Encoding.UTF8.GetString(text));
    }

    private static NpyHeader Parse(string path, string text)
    {
        var match = Dictionary().Match(text);
        if (!match.Success)
        {
            throw new InvalidDataException($"'{path}' has a header that is not a plain array's: {text.Trim()}");
        }

        if (match.Groups["order"].Value == "True")
        {
            throw new InvalidDataException($"'{path}' is in Fortran order; save it with numpy.ascontiguousarray.");
        }

        string[] sizes = match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new long[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!long.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new InvalidDataException($"'{path}' has the size '{sizes[i]}' in its shape: no whole number below 2^63.");
            }
        }

        return new NpyHeader(match.Groups["type"].Value, shape);
    }

    [GeneratedRegex(
        @"^\{\s*'descr':\s*'(?<type>[^']*)',\s*'fortran_order':\s*(?<order>True|False),\s*'shape':\s*\((?<shape>[\d\s,]*)\),?\s*\}\s*$")]
    private static partial Regex Dictionary();
}
