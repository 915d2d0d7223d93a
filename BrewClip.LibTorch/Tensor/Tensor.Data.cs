using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The elements in row-major order, whatever the strides; a tensor on a GPU is copied first.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element type: nothing is converted.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            if (device_type == DeviceType.CPU && !IsPending) return new TensorAccessor<T>(this);
            using var there = Aten.resolve_conj.Call(this);
            using var plain = Aten.resolve_neg.Call(there);
            return new TensorAccessor<T>(plain.cpu());
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one, or <typeparamref name="T"/> is not the element type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1) throw new ArgumentException($"Number of elements in the tensor must be 1: this one has {numel()}.");
            ValidateType(typeof(T));
            if (device_type == DeviceType.CPU && !IsPending)
            {
                T value = *(T*)CpuData();
                GC.KeepAlive(this);
                return value;
            }
            using var there = Aten.resolve_conj.Call(this);
            using var plain = Aten.resolve_neg.Call(there);
            using var here = plain.cpu();
            return *(T*)here.CpuData();
        }

        internal void ValidateType(Type dotnetType)
        {
            var type = dtype;
            // A truth value of T would be read as it lies: TorchSharp 0.106 has no .NET type for bfloat16, use bytes or convert.
            if (type == ScalarType.BFloat16) throw new ArgumentException($"No support for {type} in TorchSharp");
            bool fits = type switch
            {
                ScalarType.Byte => dotnetType == typeof(byte),
                ScalarType.Int8 => dotnetType == typeof(sbyte),
                ScalarType.Int16 => dotnetType == typeof(short),
                ScalarType.Int32 => dotnetType == typeof(int),
                ScalarType.Int64 => dotnetType == typeof(long),
                ScalarType.Bool => dotnetType == typeof(bool),
                ScalarType.Float16 => dotnetType == typeof(Half),
                ScalarType.Float32 => dotnetType == typeof(float),
                ScalarType.Float64 => dotnetType == typeof(double),
                ScalarType.ComplexFloat32 => dotnetType == typeof((float, float)),
                ScalarType.ComplexFloat64 => dotnetType == typeof(Complex),
                _ => false,
            };
            if (!fits) throw new ArgumentException($"{dotnetType.Name} is not compatible with {type}");
        }

        // The memory holds the elements before a conjugation or negation that is still to be done.
        private bool IsPending
        {
            get
            {
                bool pending = NativeMethods.brew_is_pending(Handle) != 0;
                GC.KeepAlive(this);
                return pending;
            }
        }

        // The first element in the processor's memory.
        internal byte* CpuData()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            if (IsPending) throw new InvalidOperationException(
                "A conjugation or negation is still to be done: call resolve_conj() or resolve_neg() first.");
            byte* first = NativeMethods.brew_data(Handle);
            if (first == null) NativeMethods.CheckLast();
            GC.KeepAlive(this);
            return first;
        }

        /// <summary>
        /// The memory of a contiguous tensor on the CPU, below 2 GiB; the span is good while the tensor lives. Setting copies the bytes in.
        /// </summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous or not on the CPU.</exception>
        /// <exception cref="ArgumentException">The length differs, or is 2 GiB or more.</exception>
        public Span<byte> bytes
        {
            get
            {
                long total = numel() * element_size();
                if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                if (total > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                return new Span<byte>(CpuData(), (int)total);
            }

            set
            {
                long total = numel() * element_size();
                if (!is_contiguous()) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (total != value.Length) throw new ArgumentException(
                    $"Mismatched data sizes in SetBytes(): {value.Length} bytes for {total}.");
                value.CopyTo(new Span<byte>(CpuData(), value.Length));
                GC.KeepAlive(this);
            }
        }

        /// <summary>Writes the bytes of a contiguous tensor on the CPU, of any size.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            if (!is_contiguous()) throw new InvalidOperationException("WriteBytesToStream() called on non-contiguous tensor.");
            byte* first = CpuData();
            long total = numel() * element_size();
            int step = Math.Max(bufferSize, 1);
            for (long offset = 0; offset < total; offset += step)
                stream.Write(new ReadOnlySpan<byte>(first + offset, (int)Math.Min(step, total - offset)));
            GC.KeepAlive(this);
        }

        /// <summary>Fills a contiguous tensor on the CPU, of any size, from the stream.</summary>
        /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            if (!is_contiguous()) throw new InvalidOperationException("ReadBytesFromStream() called on non-contiguous tensor.");
            byte* first = CpuData();
            long total = numel() * element_size();
            int step = Math.Max(bufferSize, 1);
            for (long offset = 0; offset < total; offset += step)
                stream.ReadExactly(new Span<byte>(first + offset, (int)Math.Min(step, total - offset)));
            GC.KeepAlive(this);
        }

        /// <summary>The element at a row-major position.</summary>
        public T ReadCpuValue<T>(long i)
            where T : unmanaged
        {
            ValidateType(typeof(T));
            using var accessor = new TensorAccessor<T>(this);
            return accessor[i];
        }

        /// <summary>The double-precision element at a row-major position.</summary>
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        /// <summary>The single-precision element at a row-major position.</summary>
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        /// <summary>The 32-bit integer at a row-major position.</summary>
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        /// <summary>The 64-bit integer at a row-major position.</summary>
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        /// <summary>The byte at a row-major position.</summary>
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        /// <summary>The truth value at a row-major position.</summary>
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        /// <summary>The only element, with its type.</summary>
        /// <exception cref="ExternalException">There is not exactly one.</exception>
        public Scalar ToScalar()
        {
            var type = dtype;
            if (!torch.is_complex(type)) return Scalar.From(type, Aten._local_scalar_dense.CallValue(SingleElement()));
            using var wide = to_type(ScalarType.ComplexFloat64);
            return Scalar.From(type, wide.item<Complex>());
        }

        private Tensor SingleElement() => numel() == 1
            ? this
            : throw new ExternalException($"a Tensor with {numel()} elements cannot be converted to Scalar");

        /// <summary>The only element, rounded to single precision.</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element, in double precision.</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element as an integer.</summary>
        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        /// <summary>The only element as an integer.</summary>
        public static explicit operator byte(Tensor value) => value.ToByte();

        /// <summary>The only element as an integer.</summary>
        public static explicit operator short(Tensor value) => value.ToInt16();

        /// <summary>The only element as an integer.</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element as an integer.</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>Whether the only element is not zero.</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
