using static TorchSharp.torch;

namespace TorchSharp
{
    /// <summary>How a border is filled.</summary>
    public enum PaddingModes
    {
        /// <summary>With zeros.</summary>
        Zeros = 0,

        /// <summary>Mirrored, the border's own value left out.</summary>
        Reflect = 1,

        /// <summary>With the border's value.</summary>
        Replicate = 2,

        /// <summary>From the opposite side.</summary>
        Circular = 3,

        /// <summary>With a given value.</summary>
        Constant = 4,
    }

    /// <summary>How much border a convolution adds.</summary>
    public enum Padding
    {
        /// <summary>None.</summary>
        Valid = 0,

        /// <summary>As much as keeps the size.</summary>
        Same = 1,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What convolutions share.</summary>
    public abstract class Convolution : AffineModule
    {
        private readonly long[] _border;

        private protected Convolution(
            string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
            long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype) : base(name)
        {
            (this.in_channels, this.out_channels, this.kernel_size) = (in_channels, out_channels, kernel_size);
            (this.stride, this.dilation, this.groups) = (stride, dilation, groups);
            (this.padding, this.padding_type, this.padding_mode) = (padding, padding_type, padding_mode);
            _border = Border();
            weight = empty([out_channels, in_channels / groups, .. kernel_size], dtype: dtype, device: device).AsParameter();
            this.bias = bias ? empty([out_channels], dtype: dtype, device: device).AsParameter() : null;
            InitializeAsLinear();
        }

        /// <summary>Channels of the input.</summary>
        public long in_channels { get; }

        /// <summary>Channels of the result.</summary>
        public long out_channels { get; }

        /// <summary>Extent of the kernel in each dimension.</summary>
        public long[] kernel_size { get; set; }

        /// <summary>Step in each dimension.</summary>
        public long[] stride { get; set; }

        /// <summary>Border added on either side of each dimension; null where <see cref="padding_type"/> says it.</summary>
        public long[]? padding { get; }

        /// <summary>Border by name, or null.</summary>
        public Padding? padding_type { get; }

        /// <summary>How the border is filled.</summary>
        public PaddingModes padding_mode { get; set; }

        /// <summary>Distance between the kernel's points in each dimension.</summary>
        public long[] dilation { get; set; }

        /// <summary>Groups of channels that do not mix.</summary>
        public long groups { get; set; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            var dimensions = kernel_size.Length;
            var shape = input.shape;
            var channels = shape.Length == dimensions + 2 ? shape[1] : shape.Length == dimensions + 1 ? shape[0] : -1;
            if (channels != in_channels)
            {
                throw new ArgumentException(
                    $"{GetName()} takes {dimensions + 1} dimensions, or {dimensions + 2} with a batch, of {in_channels} channels, not "
                    + $"[{string.Join(", ", shape)}].");
            }
            if (padding_mode != PaddingModes.Zeros)
            {
                using var bordered = nn.functional.pad(input, _border, padding_mode);
                return Convolve(bordered, new long[dimensions]);
            }
            return padding is null ? ConvolveNamed(input, padding_type!.Value) : Convolve(input, padding);
        }

        private protected abstract Tensor Convolve(Tensor input, long[] padding);

        private protected abstract Tensor ConvolveNamed(Tensor input, Padding padding);

        // As nn.functional.pad wants it: the last dimension first, each with its two sides.
        private long[] Border()
        {
            var border = new long[2 * kernel_size.Length];
            for (var i = 0; i < kernel_size.Length; i++)
            {
                var total = padding is not null ? 2 * padding[i] : padding_type == Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 0;
                if (padding_type == Padding.Same && stride[i] != 1)
                {
                    throw new ArgumentException("A convolution of padding 'same' takes a stride of 1 only.", nameof(stride));
                }
                var position = 2 * (kernel_size.Length - 1 - i);
                (border[position], border[position + 1]) = (total / 2, total - (total / 2));
            }
            return border;
        }
    }
}
