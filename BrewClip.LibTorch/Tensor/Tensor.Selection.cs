using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>In reverse order along dimensions.</summary>
        public Tensor flip(params long[] dims) => Aten.flip.Call(this, dims);

        /// <summary>In reverse order along the second dimension.</summary>
        public Tensor fliplr() => Aten.fliplr.CallUnary(this);

        /// <summary>In reverse order along the first dimension.</summary>
        public Tensor flipud() => Aten.flipud.CallUnary(this);

        /// <summary>Shifted along a dimension, what falls out coming in at the other end.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            Aten.roll.Call(this, new[] { shifts }, dims is null ? Array.Empty<long>() : new[] { dims.Value });

        /// <summary>Shifted along dimensions, what falls out coming in at the other end.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Aten.roll.Call(this, shifts, dims);

        /// <summary>Zero above a diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Aten.tril.Call(this, diagonal);

        /// <summary>Zero above a diagonal, in place.</summary>
        public Tensor tril_(long diagonal = 0) => Aten.tril_.Apply(this, diagonal);

        /// <summary>Zero below a diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Aten.triu.Call(this, diagonal);

        /// <summary>Zero below a diagonal, in place.</summary>
        public Tensor triu_(long diagonal = 0) => Aten.triu_.Apply(this, diagonal);

        /// <summary>A vector as a diagonal, or a matrix's diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Aten.diag.Call(this, diagonal);

        /// <summary>The last dimension as diagonals.</summary>
        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => Aten.diag_embed.Call(this, offset, dim1, dim2);

        /// <summary>The number where the mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill_Scalar.Call(this, mask, value);

        /// <summary>The number where the mask is true, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.masked_fill__Scalar.Apply(this, mask, value);

        /// <summary>The elements where the mask is true, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => Aten.masked_select.CallBinary(this, mask);

        /// <summary>The values, in order, where the mask is true.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.masked_scatter.Call(this, mask, value);

        /// <summary>The values, in order, where the mask is true, in place.</summary>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Aten.masked_scatter_.Apply(this, mask, value);

        /// <summary>This where the condition is true, else y.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.where_self.Call(condition, this, y);

        /// <summary>The elements at positions along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.gather.Call(this, dim, index);

        /// <summary>With the source's elements put at positions along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.scatter_src.Call(this, dim, index, src);

        /// <summary>Puts the source's elements at positions along a dimension.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.scatter__src.Apply(this, dim, index, src);

        /// <summary>With the source's elements added at positions along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.scatter_add.Call(this, dim, index, src);

        /// <summary>Adds the source's elements at positions along a dimension.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.scatter_add_.Apply(this, dim, index, src);

        /// <summary>Positions of a dimension, copied in the order asked for.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.index_select.Call(this, dim, index);

        /// <summary>With alpha times the source added at positions of a dimension.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.index_add.Call(this, dim, index, source, alpha);

        /// <summary>Adds alpha times the source at positions of a dimension.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.index_add_.Apply(this, dim, index, source, alpha);

        /// <summary>With the source put at positions of a dimension.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.index_copy.Call(this, dim, index, source);

        /// <summary>Puts the source at positions of a dimension.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Aten.index_copy_.Apply(this, dim, index, source);

        /// <summary>With the number at positions of a dimension.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Aten.index_fill_int_Scalar.Call(this, dim, index, value);

        /// <summary>Puts the number at positions of a dimension.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Aten.index_fill__int_Scalar.Apply(this, dim, index, value);

        /// <summary>The elements at row-major positions.</summary>
        public Tensor take(Tensor index) => Aten.take.CallBinary(this, index);

        /// <summary>The elements at row-major positions, of any shape.</summary>
        public Tensor take_along_dim(Tensor indices) => Aten.take_along_dim.Call(this, indices, Argument.None);

        /// <summary>The elements at positions along a dimension, broadcast.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Aten.take_along_dim.Call(this, indices, dim);

        /// <summary>The k greatest, or least, along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.topk.CallPair(this, k, dim, largest, sorted);

        /// <summary>Sorted along a dimension, and where each came from.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.sort_stable.CallPair(this, stable, dim, descending);

        /// <summary>The positions that sort a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.argsort.Call(this, dim, descending);

        /// <summary>Sorted along the first dimension.</summary>
        public Tensor msort() => Aten.msort.CallUnary(this);

        /// <summary>The indices of elements that are not zero, one row each.</summary>
        public Tensor nonzero() => Aten.nonzero.CallUnary(this);

        /// <summary>The indices of elements that are not zero, one row each.</summary>
        public Tensor argwhere() => Aten.argwhere.CallUnary(this);

        /// <summary>The bucket that each element falls into between sorted boundaries.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Aten.bucketize_Tensor.Call(this, boundaries, outInt32, right);

        /// <summary>Differences of neighbours along a dimension, n times over.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Aten.diff.Call(this, n, dim, Argument.Optional(prepend), Argument.Optional(append));

        /// <summary>Takes the source's elements, converted and broadcast.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.copy_.Apply(this, source, nonBlocking);

        /// <summary>Sets every element to the number.</summary>
        public Tensor fill_(Scalar value) => Aten.fill__Scalar.Apply(this, value);

        /// <summary>Sets every element to 0.</summary>
        public Tensor zero_() => Aten.zero_.Apply(this);
    }
}
