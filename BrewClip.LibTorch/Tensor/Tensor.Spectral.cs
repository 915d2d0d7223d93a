using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>How a Fourier transform is scaled; the numbers are TorchSharp's.</summary>
public enum FFTNormType
{
    /// <summary>The inverse divides by the length.</summary>
    Backward = 0,

    /// <summary>The forward transform divides by the length.</summary>
    Forward = 1,

    /// <summary>Both divide by the length's square root.</summary>
    Ortho = 2,
}

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>
        /// Short-time Fourier transform of [..., samples]: [..., frequencies, frames], complex or with a last dimension of two.
        /// </summary>
        /// <remarks>
        /// -1 stands for a hop of n_fft / 4 and a window of n_fft. Real input gives n_fft / 2 + 1 frequencies unless told otherwise.
        /// </remarks>
        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
            Aten.stft_center.Call(
                this, n_fft, Given(hop_length), Given(win_length), Argument.Optional(window), center,
                pad_mode.ToString().ToLowerInvariant(),
                normalized, onesided, return_complex ?? is_complex());

        /// <summary>The signal whose short-time Fourier transform is nearest to this complex [..., frequencies, frames].</summary>
        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
            bool? onesided = null, long length = -1, bool return_complex = false) =>
            Aten.istft.Call(
                this, n_fft, Given(hop_length), Given(win_length), Argument.Optional(window), center, normalized, onesided, Given(length),
                return_complex);

        private static long? Given(long length) => length == -1 ? null : length;
    }

    /// <summary>
    /// Short-time Fourier transform of [..., samples]: [..., frequencies, frames], complex or with a last dimension of two.
    /// </summary>
    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    /// <summary>The signal whose short-time Fourier transform is nearest to a complex [..., frequencies, frames].</summary>
    public static Tensor istft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    /// <summary>Discrete Fourier transforms of one dimension; n cuts or zero-pads the signal first, -1 leaves it.</summary>
    public static partial class fft
    {
        /// <summary>The transform of a real or complex signal.</summary>
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.fft_fft.Call(input, Length(n), dim, Name(norm));

        /// <summary>The inverse transform.</summary>
        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.fft_ifft.Call(input, Length(n), dim, Name(norm));

        /// <summary>The non-negative half of a real signal's transform.</summary>
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.fft_rfft.Call(input, Length(n), dim, Name(norm));

        /// <summary>The real signal with the given half of a transform; n tells odd lengths from even ones.</summary>
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Aten.fft_irfft.Call(input, Length(n), dim, Name(norm));

        private static long? Length(long n) => n == -1 ? null : n;

        private static string Name(FFTNormType norm) => norm.ToString().ToLowerInvariant();
    }
}
