namespace BrewClip.Core.Retrieval;

/// <summary>How an <see cref="EmbeddingIndex"/> keeps its vectors. The numbers are those of the file format.</summary>
public enum EmbeddingStorage
{
    /// <summary>4 bytes per dimension: exact.</summary>
    Float32 = 0,

    /// <summary>2 bytes per dimension; scores are within about 0.0005 of exact.</summary>
    Float16 = 1,

    /// <summary>
    /// 1 byte per dimension is scanned, with one scale per vector; the best candidates are then scored again from a float16 copy, which
    /// takes 2 more bytes per dimension but is only read for those candidates.
    /// </summary>
    Int8 = 2,
}
