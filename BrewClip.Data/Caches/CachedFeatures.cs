using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace BrewClip.Data.Caches;

/// <summary>How the numbers of a feature are stored.</summary>
public enum FeaturePrecision : byte
{
    /// <summary>Four bytes, as computed: image embeddings.</summary>
    Float32 = 4,

    /// <summary>Two bytes, rounded to nearest: encoder frames, of which there are many.</summary>
    Float16 = 2,
}

/// <summary>A matrix of features: one row for an image, a row for each frame of an utterance.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Rows · width numbers, row by row.</param>
public sealed record CachedFeatures(int Rows, int Width, float[] Values)
{
    private const int Lead = 9;

    internal byte[] Encode(FeaturePrecision precision)
    {
        if ((long)Rows * Width != Values.Length || Rows < 0 || Width < 1)
        {
            throw new ArgumentException($"{Values.Length} numbers are not {Rows} rows of {Width}.");
        }

        var content = new byte[checked(Lead + Values.Length * (int)precision)];
        content[0] = (byte)precision;
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(1), Rows);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(5), Width);
        if (precision == FeaturePrecision.Float32)
        {
            MemoryMarshal.AsBytes(Values.AsSpan()).CopyTo(content.AsSpan(Lead));
            return content;
        }

        if (Values.Length > 0 && !(Math.Abs(TensorPrimitives.MaxMagnitude(Values)) <= (float)Half.MaxValue))
        {
            throw new InvalidDataException(
                $"A feature of {TensorPrimitives.MaxMagnitude(Values)} is beyond what float16 holds: keep them as float32.");
        }

        TensorPrimitives.ConvertToHalf(Values, MemoryMarshal.Cast<byte, Half>(content.AsSpan(Lead)));
        return content;
    }

    internal static CachedFeatures? Decode(ReadOnlySpan<byte> content)
    {
        if (content.Length < Lead)
        {
            return null;
        }

        int rows = BinaryPrimitives.ReadInt32LittleEndian(content[1..]), width = BinaryPrimitives.ReadInt32LittleEndian(content[5..]);
        if (content[0] is not ((byte)FeaturePrecision.Float16 or (byte)FeaturePrecision.Float32) || rows < 0 || width < 1
            || (long)rows * width * content[0] != content.Length - Lead)
        {
            return null;
        }

        var values = new float[rows * width];
        if (content[0] == (byte)FeaturePrecision.Float32)
        {
            content[Lead..].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        else
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(content[Lead..]), values);
        }

        return new CachedFeatures(rows, width, values);
    }
}
