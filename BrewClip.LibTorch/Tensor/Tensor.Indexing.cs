using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>
        /// Views what slices and positions choose, copies what masks and index tensors choose. Setting writes there, broadcasting.
        /// </summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Copies what masks or index tensors choose. Setting writes there, broadcasting.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>Views one position of the first dimension, which goes.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put([i1], value);
        }

        /// <summary>Views one position of the first two dimensions, which go.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => Put([i1, i2], value);
        }

        /// <summary>Views one position of the first three dimensions, which go.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => Put([i1, i2, i3], value);
        }

        /// <summary>Views one position of the first four dimensions, which go.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => Put([i1, i2, i3, i4], value);
        }

        /// <summary>Views one position of as many dimensions as there are indices.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index([.. indices.Select(position => TensorIndex.Single(position))]);
            set => Put([.. indices.Select(position => TensorIndex.Single(position))], value);
        }

        /// <summary>Views what slices and positions choose, copies what masks and index tensors choose.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var chosen = new Selection(this, indices);
            if (chosen.HasTensors) return Aten.index_Tensor.Call(chosen.View, Argument.Indices(chosen.Positions));
            return chosen.TakeView();
        }

        /// <summary>Copies what masks or index tensors choose.</summary>
        public Tensor index(params Tensor[] indices) => index([.. indices.Select(TensorIndex.Tensor)]);

        /// <summary>Writes the value, broadcast, where the indices point.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Put(indices, value);

        /// <summary>Writes the value, or adds it at every occurrence of a position, where the indices point.</summary>
        /// <exception cref="ArgumentException">Adding needs an index tensor.</exception>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            if (accumulate && !indices.Any(entry => entry.kind == TensorIndex.Kind.Tensor))
                throw new ArgumentException(
                    "Accumulation needs an index tensor among the indices: slices and positions never repeat.", nameof(indices));
            return Put(indices, value, accumulate);
        }

        /// <summary>Writes the value, broadcast, where masks or index tensors point.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => Put([.. indices.Select(TensorIndex.Tensor)], value);

        /// <summary>Writes the value, or adds it at every occurrence of a position, where masks or index tensors point.</summary>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Put([.. indices.Select(TensorIndex.Tensor)], value, accumulate);

        /// <summary>Writes the number where the indices point.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var filled = torch.full([], value, dtype, device);
            return Put(indices, filled);
        }

        /// <summary>Writes the number where masks or index tensors point.</summary>
        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);

        private Tensor Put(TensorIndex[] indices, Tensor value, bool accumulate = false)
        {
            ArgumentNullException.ThrowIfNull(value);
            using var chosen = new Selection(this, indices);
            if (chosen.HasTensors)
            {
                Aten.index_put_.Apply(chosen.View, Argument.Indices(chosen.Positions), value, accumulate);
                return this;
            }
            // [1, 1, 3] goes into [3]: leading dimensions of length 1 count for nothing.
            long extra = value.ndim - chosen.View.ndim;
            if (extra <= 0)
            {
                chosen.View.copy_(value);
                return this;
            }
            using var trimmed = value.shape.Take((int)extra).All(length => length == 1)
                ? value.reshape(value.shape[(int)extra..])
                : value.alias();
            chosen.View.copy_(trimmed);
            return this;
        }

        /// <summary>What the plain entries of an index leave to view, and the tensors among the entries at their dimensions.</summary>
        private sealed class Selection : IDisposable
        {
            private readonly Tensor whole;
            private readonly List<Tensor?> positions = [];
            private readonly List<Tensor> made = [];
            private int axis;

            internal Selection(Tensor whole, TensorIndex[] indices)
            {
                this.whole = View = whole;
                try
                {
                    foreach (var entry in indices) Apply(entry, indices);
                }
                catch
                {
                    Dispose();
                    throw;
                }
            }

            internal Tensor View { get; private set; }

            internal bool HasTensors { get; private set; }

            internal Tensor?[] Positions => [.. positions];

            internal Tensor TakeView()
            {
                if (View == (object)whole) return whole.alias();
                var taken = View;
                View = whole;
                return taken;
            }

            private void Apply(in TensorIndex entry, TensorIndex[] all)
            {
                switch (entry.kind)
                {
                    case TensorIndex.Kind.Single:
                        Replace(View.select(axis, entry.first ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        bool everything = entry is { first: null, stop: null, step: null };
                        if (!everything || axis >= View.ndim) Replace(
                            Aten.slice_Tensor.Call(View, axis, entry.first, entry.stop, entry.step ?? 1));
                        axis++;
                        break;
                    case TensorIndex.Kind.NewAxis:
                        Replace(View.unsqueeze(axis++));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        int skipped = (int)whole.ndim - all.Sum(Consumed);
                        if (skipped < 0)
                            throw new System.Runtime.InteropServices.ExternalException(
                                $"too many indices for tensor of dimension {whole.ndim}");
                        axis += skipped;
                        break;
                    case TensorIndex.Kind.Bool:
                        Replace(View.unsqueeze(axis));
                        var flag = torch.tensor(new[] { entry.first != 0 });
                        made.Add(flag);
                        At(flag);
                        break;
                    case TensorIndex.Kind.Tensor:
                        foreach (var part in Parts(
                            entry.tensor ?? throw new ArgumentNullException(nameof(all), "An index tensor is null."))) At(part);
                        break;
                }
            }

            // A mask over several dimensions becomes one list of positions per dimension, so that later entries meet the right ones.
            private Tensor[] Parts(Tensor tensor)
            {
                if (tensor.dtype is not (ScalarType.Bool or ScalarType.Byte) || tensor.ndim < 2) return [tensor];
                for (int i = 0; i < tensor.ndim; i++)
                {
                    if (axis + i < View.ndim && tensor.shape[i] != View.shape[axis + i])
                        throw new System.Runtime.InteropServices.ExternalException(
                            $"The shape of the mask [{string.Join(", ", tensor.shape)}] at index {i} does not match the shape of the "
                            + "indexed tensor " +
                            $"[{string.Join(", ", View.shape)}] at index {axis + i}");
                }
                Tensor[] parts = Aten.nonzero_numpy.CallList(tensor);
                made.AddRange(parts);
                return parts;
            }

            private void At(Tensor tensor)
            {
                while (positions.Count < axis) positions.Add(null);
                positions.Add(tensor);
                axis++;
                HasTensors = true;
            }

            private void Replace(Tensor view)
            {
                if (View != (object)whole) View.Dispose();
                View = view;
            }

            private static int Consumed(TensorIndex entry) => entry.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor when entry.tensor is { } tensor =>
                    tensor.dtype is ScalarType.Bool or ScalarType.Byte ? (int)tensor.ndim : 1,
                _ => 0,
            };

            public void Dispose()
            {
                if (View != (object)whole) View.Dispose();
                foreach (var tensor in made) tensor.Dispose();
            }
        }
    }
}
