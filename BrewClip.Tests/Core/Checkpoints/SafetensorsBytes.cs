using System.Buffers.Binary;
using System.Text;

namespace BrewClip.Tests.Core.Checkpoints;

/// <summary>Builds safetensors files byte by byte, right or wrong, independently of the writer under test.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, params ReadOnlySpan<byte> data) => Of(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Of(byte[] header, params ReadOnlySpan<byte> data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file.AsSpan(8));
        data.CopyTo(file.AsSpan(8 + header.Length));
        return file;
    }

    public static string Entry(string name, string type, string shape, string offsets) =>
        $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}";
}
