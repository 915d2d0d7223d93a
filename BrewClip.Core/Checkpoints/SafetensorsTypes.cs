using System.Collections.Frozen;

namespace BrewClip.Core.Checkpoints;

/// <summary>Sizes and header names of <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    private static readonly (SafetensorsType Type, string Name, int Bits)[] _all =
    [
        (SafetensorsType.Bool, "BOOL", 8),
        (SafetensorsType.Float4, "F4", 4),
        (SafetensorsType.Float6E2M3, "F6_E2M3", 6),
        (SafetensorsType.Float6E3M2, "F6_E3M2", 6),
        (SafetensorsType.UInt8, "U8", 8),
        (SafetensorsType.Int8, "I8", 8),
        (SafetensorsType.Float8E5M2, "F8_E5M2", 8),
        (SafetensorsType.Float8E4M3, "F8_E4M3", 8),
        (SafetensorsType.Float8E8M0, "F8_E8M0", 8),
        (SafetensorsType.Float8E4M3Fnuz, "F8_E4M3FNUZ", 8),
        (SafetensorsType.Float8E5M2Fnuz, "F8_E5M2FNUZ", 8),
        (SafetensorsType.Int16, "I16", 16),
        (SafetensorsType.UInt16, "U16", 16),
        (SafetensorsType.Float16, "F16", 16),
        (SafetensorsType.BFloat16, "BF16", 16),
        (SafetensorsType.Int32, "I32", 32),
        (SafetensorsType.UInt32, "U32", 32),
        (SafetensorsType.Float32, "F32", 32),
        (SafetensorsType.Complex64, "C64", 64),
        (SafetensorsType.Float64, "F64", 64),
        (SafetensorsType.Int64, "I64", 64),
        (SafetensorsType.UInt64, "U64", 64),
    ];

    private static readonly FrozenDictionary<string, SafetensorsType> _byName =
        _all.ToFrozenDictionary(row => row.Name, row => row.Type, StringComparer.Ordinal);

    private static readonly FrozenDictionary<SafetensorsType, (string Name, int Bits)> _byType =
        _all.ToFrozenDictionary(row => row.Type, row => (row.Name, row.Bits));

    /// <summary>Bits of one element: 4 to 64.</summary>
    public static int BitsPerElement(this SafetensorsType type) => _byType[type].Bits;

    /// <summary>The spelling in a file's header, such as <c>BF16</c>.</summary>
    public static string HeaderName(this SafetensorsType type) => _byType[type].Name;

    /// <summary>The type that a header calls <paramref name="name"/>; false for a name the format does not have.</summary>
    public static bool TryParse(string name, out SafetensorsType type) => _byName.TryGetValue(name, out type);

    /// <summary>
    /// The bytes that a tensor takes; false when a size is negative, the product overflows 63 bits,
    /// or elements of 4 or 6 bits do not fill whole bytes.
    /// </summary>
    internal static bool TryGetByteLength(SafetensorsType type, IReadOnlyList<long> shape, out long elements, out long bytes)
    {
        elements = 1;
        bytes = 0;
        foreach (long size in shape)
        {
            if (size < 0)
            {
                return false;
            }

            // A later size of 0 must not hide that an earlier product left the range.
            Int128 product = (Int128)elements * size;
            if (product > long.MaxValue)
            {
                return false;
            }

            elements = (long)product;
        }

        Int128 bits = (Int128)elements * type.BitsPerElement();
        if (bits % 8 != 0 || bits / 8 > long.MaxValue)
        {
            return false;
        }

        bytes = (long)(bits / 8);
        return true;
    }
}
