using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The same elements in another shape, sharing memory; -1 is worked out.</summary>
        public Tensor view(params long[] shape) => Aten.view.Call(this, shape);

        /// <summary>The same elements in another tensor's shape, sharing memory.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>The same elements in another shape, copied when strides demand it; -1 is worked out.</summary>
        public Tensor reshape(params long[] shape) => Aten.reshape.Call(this, shape);

        /// <summary>Several neighbouring dimensions as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.flatten_using_ints.Call(this, start_dim, end_dim);

        /// <summary>One dimension as several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Aten.unflatten_int.Call(this, dim, sizes);

        /// <summary>All elements in one dimension.</summary>
        public Tensor ravel() => Aten.ravel.CallUnary(this);

        /// <summary>The dimensions in another order, sharing memory.</summary>
        public Tensor permute(params long[] permutation) => Aten.permute.Call(this, permutation);

        /// <summary>The dimensions in another order, sharing memory.</summary>
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        /// <summary>Two dimensions exchanged, sharing memory.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.transpose_int.Call(this, dim0, dim1);

        /// <summary>Two dimensions exchanged, in place.</summary>
        public Tensor transpose_(long dim0, long dim1) => Aten.transpose_.Apply(this, dim0, dim1);

        /// <summary>Two dimensions exchanged, sharing memory.</summary>
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        /// <summary>A matrix transposed, sharing memory.</summary>
        public Tensor t() => Aten.t.CallUnary(this);

        /// <summary>All dimensions in reverse order, sharing memory.</summary>
        public Tensor T => Aten.numpy_T.CallUnary(this);

        /// <summary>The last two dimensions exchanged, sharing memory.</summary>
        public Tensor mT => Aten.mT.CallUnary(this);

        /// <summary>A matrix transposed and conjugated.</summary>
        public Tensor H => Aten.matrix_H.CallUnary(this);

        /// <summary>Dimensions moved to other places.</summary>
        public Tensor movedim(long[] source, long[] destination) => Aten.movedim_intlist.Call(this, source, destination);

        /// <summary>Dimensions moved to other places.</summary>
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        /// <summary>Without dimensions of length 1, sharing memory.</summary>
        public Tensor squeeze(long? dim = null) => dim is null ? Aten.squeeze.CallUnary(this) : Aten.squeeze_dim.Call(this, dim.Value);

        /// <summary>Without dimensions of length 1, in place.</summary>
        public Tensor squeeze_(long? dim = null) => dim is null ? Aten.squeeze_.Apply(this) : Aten.squeeze__dim.Apply(this, dim.Value);

        /// <summary>With a new dimension of length 1, sharing memory.</summary>
        public Tensor unsqueeze(long dim) => Aten.unsqueeze.Call(this, dim);

        /// <summary>With a new dimension of length 1, in place.</summary>
        public Tensor unsqueeze_(long dim) => Aten.unsqueeze_.Apply(this, dim);

        /// <summary>Dimensions of length 1 repeated without copying; -1 keeps one.</summary>
        public Tensor expand(params long[] sizes) => Aten.expand.Call(this, sizes);

        /// <summary>Dimensions of length 1 repeated without copying; -1 keeps one.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.expand.Call(this, sizes, isImplicit);

        /// <summary>Dimensions of length 1 repeated without copying.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray(), isImplicit);

        /// <summary>Dimensions of length 1 repeated without copying, to another tensor's shape.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Broadcast to a shape without copying.</summary>
        public Tensor broadcast_to(params long[] shape) => Aten.broadcast_to.Call(this, shape);

        /// <summary>Copies side by side along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.repeat.Call(this, sizes);

        /// <summary>Each element repeated so many times.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);

        /// <summary>Each element repeated so many times.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.repeat_interleave_self_int.Call(this, repeats, dim, output_size);

        /// <summary>Copies side by side along each dimension.</summary>
        public Tensor tile(long[] reps) => Aten.tile.Call(this, reps);

        /// <summary>So many neighbours along a dimension, sharing memory.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.narrow.Call(this, dim, start, length);

        /// <summary>One position of a dimension, which goes, sharing memory.</summary>
        public Tensor select(long dim, long index) => Aten.select_int.Call(this, dim, index);

        /// <summary>From start to before finish along a dimension, sharing memory.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.slice_Tensor.Call(this, dim, start, finish, step);

        /// <summary>Pieces of so many along a dimension, the last may be shorter, sharing memory.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.split_Tensor.CallList(this, size, dim);

        /// <summary>Pieces of the given lengths along a dimension, sharing memory.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.split_with_sizes.CallList(this, sizes, dim);

        /// <summary>Pieces of the given lengths along the first dimension, sharing memory.</summary>
        public Tensor[] split(params long[] sizes) => Aten.split_with_sizes.CallList(this, sizes);

        /// <summary>Pieces of the given lengths along a dimension, sharing memory.</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);

        /// <summary>So many nearly equal pieces along a dimension, sharing memory.</summary>
        public Tensor[] tensor_split(long size, long dim = 0L) => Aten.tensor_split_sections.CallList(this, size, dim);

        /// <summary>At most so many equal pieces along a dimension, sharing memory.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => Aten.chunk.CallList(this, chunks, dim);

        /// <summary>Every position of a dimension, which goes, sharing memory.</summary>
        public Tensor[] unbind(long dimension = 0L) => Aten.unbind_int.CallList(this, dimension);

        /// <summary>In row-major order: a copy, or this again.</summary>
        public Tensor contiguous() => Aten.contiguous.CallUnary(this);

        /// <summary>A copy; gradients flow through it.</summary>
        public Tensor clone() => Aten.clone.CallUnary(this);

        /// <summary>The same data outside the recorded graph.</summary>
        public Tensor detach() => Aten.detach.CallUnary(this);

        /// <summary>Leaves the recorded graph, in place.</summary>
        public Tensor detach_() => Aten.detach_.Apply(this);

        /// <summary>The storage seen with other lengths and strides.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Aten.as_strided.Call(this, size, strides, storageOffset);

        /// <summary>Windows along a dimension as a new last one, sharing memory.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.unfold.Call(this, dimension, size, step);

        /// <summary>A diagonal as a last dimension, sharing memory.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Aten.diagonal.Call(this, offset, dim1, dim2);

        /// <summary>Complex elements as pairs in a new last dimension, sharing memory.</summary>
        public Tensor view_as_real() => Aten.view_as_real.CallUnary(this);

        /// <summary>Pairs of the last dimension as complex elements, sharing memory.</summary>
        public Tensor view_as_complex() => Aten.view_as_complex.CallUnary(this);

        /// <summary>The real parts, sharing memory.</summary>
        public Tensor real => Aten.real.CallUnary(this);

        /// <summary>The imaginary parts, sharing memory.</summary>
        public Tensor imag => Aten.imag.CallUnary(this);

        /// <summary>With a pending conjugation carried out.</summary>
        public Tensor resolve_conj() => Aten.resolve_conj.CallUnary(this);

        /// <summary>With a pending negation carried out.</summary>
        public Tensor resolve_neg() => Aten.resolve_neg.CallUnary(this);
    }
}
