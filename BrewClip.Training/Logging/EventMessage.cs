using System.Buffers.Binary;
using System.Text;

namespace BrewClip.Training.Logging;

/// <summary>
/// TensorBoard's protocol buffer <c>Event</c> (tensorflow/core/util/event.proto), as far as scalars need it: wall_time = 1 (double),
/// step = 2, file_version = 3, summary = 5; a summary holds value = 1 with tag = 1 and simple_value = 2 (float).
/// </summary>
internal static class EventMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    public static byte[] Version()
    {
        using var message = new MemoryStream();
        WallTime(message);
        Text(message, 3, "brain.Event:2");
        return message.ToArray();
    }

    public static byte[] Scalar(string tag, long step, float number)
    {
        using var value = new MemoryStream();
        Text(value, 1, tag);
        Key(value, 2, Fixed32);
        Span<byte> bits = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bits, number);
        value.Write(bits);
        using var summary = new MemoryStream();
        Part(summary, 1, value.ToArray());
        using var message = new MemoryStream();
        WallTime(message);
        Key(message, 2, Varint);
        Number(message, (ulong)step);
        Part(message, 5, summary.ToArray());
        return message.ToArray();
    }

    private static void WallTime(MemoryStream to)
    {
        Key(to, 1, Fixed64);
        Span<byte> bits = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        to.Write(bits);
    }

    private static void Text(MemoryStream to, int field, string text) => Part(to, field, Encoding.UTF8.GetBytes(text));

    private static void Part(MemoryStream to, int field, byte[] bytes)
    {
        Key(to, field, Bytes);
        Number(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Key(MemoryStream to, int field, int kind) => Number(to, (ulong)(field << 3 | kind));

    private static void Number(MemoryStream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.WriteByte((byte)(value | 0x80));
        }

        to.WriteByte((byte)value);
    }
}
