namespace BrewClip.Core.Checkpoints;

/// <summary>The element types of the safetensors format, named as .NET names them; the format's own spelling is in the summaries.</summary>
public enum SafetensorsType
{
    /// <summary><c>BOOL</c>: one byte, 0 or 1.</summary>
    Bool,

    /// <summary><c>F4</c>: 4 bits (OCP microscaling E2M1), read as raw bytes only.</summary>
    Float4,

    /// <summary><c>F6_E2M3</c>: 6 bits (OCP microscaling), read as raw bytes only.</summary>
    Float6E2M3,

    /// <summary><c>F6_E3M2</c>: 6 bits (OCP microscaling), read as raw bytes only.</summary>
    Float6E3M2,

    /// <summary><c>U8</c>.</summary>
    UInt8,

    /// <summary><c>I8</c>.</summary>
    Int8,

    /// <summary><c>F8_E5M2</c>: 5 exponent bits with bias 15, infinities and NaN as in IEEE 754.</summary>
    Float8E5M2,

    /// <summary><c>F8_E4M3</c>: 4 exponent bits with bias 7, no infinities, largest value 448.</summary>
    Float8E4M3,

    /// <summary><c>F8_E8M0</c>: a power of two, 2^(byte − 127); 255 is NaN.</summary>
    Float8E8M0,

    /// <summary><c>F8_E4M3FNUZ</c>: bias 8, no infinities, no negative zero; 0x80 is NaN.</summary>
    Float8E4M3Fnuz,

    /// <summary><c>F8_E5M2FNUZ</c>: bias 16, no infinities, no negative zero; 0x80 is NaN.</summary>
    Float8E5M2Fnuz,

    /// <summary><c>I16</c>.</summary>
    Int16,

    /// <summary><c>U16</c>.</summary>
    UInt16,

    /// <summary><c>F16</c>: IEEE 754 half precision.</summary>
    Float16,

    /// <summary><c>BF16</c>: the upper 16 bits of a float32.</summary>
    BFloat16,

    /// <summary><c>I32</c>.</summary>
    Int32,

    /// <summary><c>U32</c>.</summary>
    UInt32,

    /// <summary><c>F32</c>.</summary>
    Float32,

    /// <summary><c>C64</c>: two float32, real then imaginary, read as raw bytes only.</summary>
    Complex64,

    /// <summary><c>F64</c>.</summary>
    Float64,

    /// <summary><c>I64</c>.</summary>
    Int64,

    /// <summary><c>U64</c>.</summary>
    UInt64,
}
