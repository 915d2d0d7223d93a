namespace BrewClip.Core.Checkpoints;

/// <summary>What a safetensors header says about one tensor, after it has been checked.</summary>
/// <param name="Name">The parameter's name, as in the file.</param>
/// <param name="Type">Element type as stored.</param>
/// <param name="Shape">Sizes in row-major order; empty for a scalar, and a size may be 0.</param>
/// <param name="File">The file that holds the tensor: of a sharded model, its shard.</param>
public sealed record TensorInfo(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, string File)
{
    /// <summary>The product of <see cref="Shape"/>; 1 for a scalar.</summary>
    public long ElementCount { get; internal init; }

    /// <summary>Bytes in the file.</summary>
    public long ByteLength { get; internal init; }

    /// <summary>First byte, counted from the start of the file.</summary>
    internal long Offset { get; init; }

    /// <summary>The shape as text, such as <c>[512, 80, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
