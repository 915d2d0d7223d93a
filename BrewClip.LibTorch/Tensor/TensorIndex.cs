namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One entry between the brackets of an index: a position, a slice, an ellipsis, a new axis, a mask or a tensor of positions.
    /// </summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            NewAxis, Single, Ellipsis, Bool, Tensor, Slice,
        }

        internal Kind kind;
        internal long? first;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        /// <summary>As many whole dimensions as the other entries leave.</summary>
        public static readonly TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex None = new() { kind = Kind.NewAxis };

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex Null = new() { kind = Kind.NewAxis };

        /// <summary>One whole dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>From start to before stop, by step; what is absent is the dimension's own end. Negative counts from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, first = start, stop = stop, step = step };

        /// <summary>From start to before end.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>A C# range.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>A new dimension of length 1 for true, of length 0 for false.</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, first = value ? 1 : 0 };

        /// <summary>One position; the dimension goes. Negative counts from the end.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, first = index };

        /// <summary>A mask of truth values, or positions as integers.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>From start to before end.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>A C# range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, from either end.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Never succeeds: it is there so that overloads resolve as in TorchSharp.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");
    }
}
