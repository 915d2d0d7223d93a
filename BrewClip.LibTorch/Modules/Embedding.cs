using TorchSharp.Interop;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors, looked up by index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private static readonly Operator Lookup = new("embedding"), Renormalize = new("embedding_renorm_");

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        private readonly EmbeddingOptions _options;

        internal Embedding(Parameter weight, EmbeddingOptions options) : base(nameof(Embedding))
        {
            _options =
                options with { PaddingIndex = options.PaddingIndex < 0 ? options.PaddingIndex + weight.shape[0] : options.PaddingIndex };
            if (_options.PaddingIndex is { } index && (ulong)index >= (ulong)weight.shape[0])
            {
                throw new ArgumentException(
                    $"padding_idx {options.PaddingIndex} lies outside the {weight.shape[0]} embeddings.", "padding_idx");
            }
            this.weight = weight;
        }

        internal Embedding Initialize()
        {
            nn.init.normal_(weight!);
            if (_options.PaddingIndex is { } index)
            {
                using var silent = no_grad();
                using var row = weight!.narrow(0, index, 1);
                row.zero_();
            }
            return this;
        }

        /// <summary>The table [num_embeddings, embedding_dims]; setting it disposes the one before.</summary>
        public Parameter? weight
        {
            get => _weight;
            set
            {
                ArgumentNullException.ThrowIfNull(value);
                if (!ReferenceEquals(value, _weight))
                {
                    _weight?.Dispose();
                    _weight = value;
                    value.DetachFromDisposeScope();
                    ConditionallyRegisterParameter(nameof(weight), value);
                }
            }
        }

        /// <summary>Looks up indices of any shape: the result has one more dimension.</summary>
        public override Tensor forward(Tensor input)
        {
            if (_options.MaximumNorm is { } norm)
            {
                using var silent = no_grad();
                Renormalize.Apply(_weight!, input, norm, _options.NormType);
            }
            return Lookup.Call(_weight!, input, _options.PaddingIndex ?? -1, _options.ScaleGradientByFrequency, _options.Sparse);
        }
    }

    internal sealed record EmbeddingOptions(
        long? PaddingIndex, double? MaximumNorm, double NormType, bool ScaleGradientByFrequency, bool Sparse);
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table drawn from normal(0, 1); the row of padding_idx is zero and gets no gradient.</summary>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new Embedding(empty([num_embeddings, embedding_dims], dtype: dtype, device: device).AsParameter(),
                    new EmbeddingOptions(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse)).Initialize();

            /// <summary>A table that shares a given tensor's memory; freeze leaves it untrained.</summary>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new Embedding(new Parameter(embeddings.detach(), !freeze),
                    new EmbeddingOptions(
                        padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse)).MoveModule<Embedding>(device, dtype);
        }
    }
}
