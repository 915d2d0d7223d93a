using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An array of one element type, of any rank, on a device. Whoever made it disposes it, or the scope it was made in does.
    /// </summary>
    /// <remarks>
    /// Reading from several threads at once is safe, writing is not. A use after disposal throws <see cref="InvalidOperationException"/>,
    /// a failure in libtorch throws <see cref="ExternalException"/> with libtorch's own sentence.
    /// </remarks>
    public unsafe partial class Tensor : IDisposable
    {
        private NativeTensor holder;

        internal Tensor(nint handle, bool register = true)
        {
            var thread = DisposeScopeManager.ThreadSingleton;
            holder = thread.Holders.Rent();
            holder.Hold(handle);
            if (register) OwningDisposeScope = thread.RegisterOnCurrentDisposeScope(this);
        }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>A name for people to read.</summary>
        public string? name { get; set; }

        /// <summary>Tensors made and not yet disposed, on all threads.</summary>
        public static long TotalCount => NativeTensor.TotalCount;

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => NativeTensor.PeakCount;

        /// <summary>Takes over a native tensor of the shim.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        // Zero once the tensor was disposed.
        internal nint handle => holder.Handle;

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public nint Handle => handle is var native and not 0
            ? native
            : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>Returns the native memory. Doing so twice does nothing.</summary>
        public void Dispose() => Dispose(true);

        /// <summary>Returns the native memory.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var owned = Interlocked.Exchange(ref holder, NativeTensor.Disposed);
            if (owned == NativeTensor.Disposed) return;
            var thread = DisposeScopeManager.ThreadSingleton;
            thread.DisposingOnCurrentScope(this);
            OwningDisposeScope?.Forget(this);
            NativeMethods.brew_free(owned.TakeHandle());
            thread.Holders.Return(owned);
        }

        /// <summary>Gives the native tensor away: this one counts as disposed.</summary>
        public nint DecoupleFromNativeHandle()
        {
            nint given = MoveHandle();
            OwningDisposeScope?.Forget(this);
            return given;
        }

        // For a Parameter, which takes the tensor's place in its scope too.
        internal nint MoveHandle()
        {
            _ = Handle;
            var owned = Interlocked.Exchange(ref holder, NativeTensor.Disposed);
            nint given = owned.TakeHandle();
            DisposeScopeManager.ThreadSingleton.Holders.Return(owned);
            return given;
        }

        /// <summary>Hands the tensor to the scope around its own; without one it is detached. Returns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of every scope: its holder disposes it. Returns it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Hands the tensor to the scope of another. Returns it.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Hands the tensor to another scope; null detaches it. Returns it.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null) other?.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <summary>A second owner of the same native tensor, to be disposed by itself.</summary>
        public Tensor alias()
        {
            var result = new Tensor(NativeMethods.Check(NativeMethods.brew_alias(Handle)));
            GC.KeepAlive(this);
            return result;
        }

        /// <summary>The rank.</summary>
        public long Dimensions => ndim;

        /// <summary>The rank.</summary>
        public long dim() => ndim;

        /// <summary>The rank.</summary>
        public long ndim
        {
            get
            {
                int rank = NativeMethods.brew_rank(Handle);
                GC.KeepAlive(this);
                return rank;
            }
        }

        /// <summary>How many elements there are.</summary>
        public long NumberOfElements => numel();

        /// <summary>How many elements there are.</summary>
        public long numel()
        {
            long count = NativeMethods.brew_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }

        /// <summary>Bytes that one element takes.</summary>
        public long ElementSize => element_size();

        /// <summary>Bytes that one element takes.</summary>
        public long element_size()
        {
            long size = NativeMethods.brew_element_size(Handle);
            GC.KeepAlive(this);
            return size;
        }

        /// <summary>The element type.</summary>
        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)NativeMethods.brew_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        /// <summary>Where the data is.</summary>
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        /// <summary>The kind of device that holds the data.</summary>
        public DeviceType device_type => (DeviceType)(RawDevice() >> 32);

        /// <summary>The index of the device that holds the data, -1 for the current one.</summary>
        public int device_index => (int)RawDevice();

        private long RawDevice()
        {
            long packed = NativeMethods.brew_device(Handle);
            GC.KeepAlive(this);
            return packed;
        }

        /// <summary>Whether the data is on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether there is a shape alone and no data.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the data is in the processor's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements are integers; truth values count.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>The length along each dimension.</summary>
        public long[] shape
        {
            get
            {
                nint native = Handle;
                var sizes = new ReadOnlySpan<long>(NativeMethods.brew_sizes(native), NativeMethods.brew_rank(native)).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>The length along each dimension.</summary>
        public long[] size() => shape;

        /// <summary>The length along one dimension; negative counts from the last.</summary>
        /// <exception cref="ExternalException">There is no such dimension.</exception>
        public long size(int dim)
        {
            int axis = Axis(dim);
            long length = NativeMethods.brew_sizes(handle)[axis];
            GC.KeepAlive(this);
            return length;
        }

        /// <summary>The distance in elements between neighbours along each dimension.</summary>
        public long[] stride()
        {
            nint native = Handle;
            var strides = new ReadOnlySpan<long>(NativeMethods.brew_strides(native), NativeMethods.brew_rank(native)).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>The distance in elements between neighbours along one dimension.</summary>
        public long stride(int dim) => stride()[Axis(dim)];

        private int Axis(int dim)
        {
            long rank = ndim;
            if (dim >= -rank && dim < rank) return (int)(dim < 0 ? dim + rank : dim);
            throw new ExternalException($"Dimension out of range (expected to be in range of [{-rank}, {rank - 1}], but got {dim})");
        }

        /// <summary>Where the first element is in the storage, in elements.</summary>
        public long storage_offset()
        {
            long offset = NativeMethods.brew_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset;
        }

        /// <summary>Whether the elements lie in row-major order without gaps.</summary>
        public bool is_contiguous()
        {
            bool contiguous = NativeMethods.brew_is_contiguous(Handle) != 0;
            GC.KeepAlive(this);
            return contiguous;
        }

        /// <summary>Shape, element type and device.</summary>
        public override string ToString() => handle == 0
            ? "[disposed]"
            : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
