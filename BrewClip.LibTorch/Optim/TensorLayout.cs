using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor as TorchSharp writes it: dtype, rank and sizes in seven-bit groups, then the bytes in row-major order.</summary>
internal static class TensorLayout
{
    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var contiguous = tensor.detach().cpu().contiguous();
        writer.Write7BitEncodedInt64((long)contiguous.dtype);
        writer.Write7BitEncodedInt64(contiguous.dim());
        foreach (var extent in contiguous.shape)
        {
            writer.Write7BitEncodedInt64(extent);
        }
        contiguous.WriteBytesToStream(writer.BaseStream, 1 << 20);
    }

    // Into a tensor that is there, so that nothing is allocated by what a file says.
    internal static void Read(BinaryReader reader, Tensor tensor)
    {
        var type = (ScalarType)reader.Read7BitEncodedInt64();
        var rank = reader.Read7BitEncodedInt64();
        var shape = tensor.shape;
        if (type != tensor.dtype || rank != shape.Length || shape.Any(extent => reader.Read7BitEncodedInt64() != extent))
        {
            throw new ArgumentException($"The saved tensor is no {tensor.dtype} of shape [{string.Join(", ", shape)}].");
        }
        using var read = empty(shape, dtype: type, device: CPU);
        read.ReadBytesFromStream(reader.BaseStream, 1 << 20);
        using var silent = no_grad();
        tensor.copy_(read);
    }

    internal static void WriteOptional(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null)
        {
            Write(writer, tensor);
        }
    }
}
