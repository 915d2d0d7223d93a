using TorchSharp;
using static TorchSharp.torch;

namespace BrewClip.Tests.LibTorch.Tensors;

public class CreationTests
{
    [Fact]
    public void Shapes_are_filled_as_named()
    {
        using var scope = NewDisposeScope();
        Expect.Equal(zeros(2, 1), [2, 1], 0, 0);
        Expect.Equal(ones([1, 2]), [1, 2], 1, 1);
        Expect.Equal(full(2, 3.5), [2], 3.5, 3.5);
        Expect.Equal(eye(2), [2, 2], 1, 0, 0, 1);
        Expect.Equal(eye(1, 3), [1, 3], 1, 0, 0);
        Assert.Equal([2, 3, 4, 5], empty(2, 3, 4, 5).shape);
        Assert.Equal(ScalarType.Int64, full(1, 2).dtype);
        Assert.Equal(ScalarType.Float32, full(1, 2.0).dtype);
        Assert.True(zeros(1, requires_grad: true).requires_grad);
        var like = ones(2, dtype: ScalarType.Int32);
        Assert.Equal(ScalarType.Int32, zeros_like(like).dtype);
        Assert.Equal(ScalarType.Int32, like.new_zeros(3, 4).dtype);
        Expect.Equal(like.new_full([2], 7), [2], 7, 7);
        Expect.Equal(like.full_like(9), [2], 9, 9);
        Expect.Equal(tril_indices(2, 2), [2, 3], 0, 1, 1, 0, 0, 1);
    }

    [Fact]
    public void Ranges_count_and_divide()
    {
        using var scope = NewDisposeScope();
        Expect.Equal(arange(3), [3], 0, 1, 2);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(3.0).dtype);
        Expect.Equal(arange(1, 2, 0.5), [2], 1, 1.5);
        Expect.Close(linspace(0, 1, 5), [0, 0.25, 0.5, 0.75, 1], 1e-7);
        Expect.Close(logspace(0, 2, 3), [1, 10, 100], 1e-6);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => arange(0, 3, (Scalar)0));
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => zeros(-1L));
    }

    [Fact]
    public void A_seed_decides_every_random_number()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        var first = randn([100], generator: generator);
        generator.manual_seed(11);
        Assert.True(first.Equals(randn([100], generator: generator)));
        Assert.Equal(11, generator.initial_seed());
        using var state = generator.get_state();
        var next = rand([5], generator: generator);
        generator.set_state(state);
        Assert.True(next.Equals(rand([5], generator: generator)));
        Assert.False(next.Equals(rand([5], generator: generator)));
    }

    [Fact]
    public void Random_numbers_follow_their_distributions()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var normal = randn([20_000], generator: generator);
        Assert.InRange(normal.mean().ToDouble(), -0.03, 0.03);
        Assert.InRange(normal.std().ToDouble(), 0.97, 1.03);
        Assert.InRange(zeros(20_000).normal_(5, 2, generator).mean().ToDouble(), 4.9, 5.1);
        var uniform = zeros(20_000).uniform_(2, 4, generator);
        Assert.InRange(uniform.min().ToDouble(), 2, 2.01);
        Assert.InRange(uniform.max().ToDouble(), 3.99, 4);
        var whole = randint(3, 7, new long[] { 1000 }, generator: generator);
        Expect.Equal(whole.unique().output, [4], 3, 4, 5, 6);
        Expect.Equal(randperm(50, generator: generator).sort().Values, [50], [.. Enumerable.Range(0, 50).Select(i => (double)i)]);
        Assert.InRange(full(20_000, 0.3).bernoulli(generator).mean().ToDouble(), 0.28, 0.32);
        Assert.InRange(zeros(20_000).bernoulli_(0.3, generator).mean().ToDouble(), 0.28, 0.32);
        var drawn = tensor(new[] { 0f, 1, 3 }).multinomial(20_000, replacement: true, generator);
        Assert.InRange((drawn == 2).@float().mean().ToDouble(), 0.73, 0.77);
        Assert.Equal(0, (drawn == 0).sum().ToInt64());
    }

    [Fact]
    public void Complex_numbers_come_apart_and_together()
    {
        using var scope = NewDisposeScope();
        var z = complex(tensor(new[] { 3.0, 0 }), tensor(new[] { 4.0, -1 }));
        Expect.Equal(z.abs(), [2], 5, 1);
        Expect.Equal(z.real, [2], 3, 0);
        Expect.Equal(z.imag, [2], 4, -1);
        Expect.Equal(z.view_as_real(), [2, 2], 3, 4, 0, -1);
        Expect.Equal(z.view_as_real().view_as_complex().conj().imag, [2], -4, 1);
        Expect.Close(polar(tensor(new[] { 2.0 }), tensor(new[] { Math.PI / 2 })).view_as_real(), [0, 2], 1e-12);
        Expect.Close(z.angle(), [Math.Atan2(4, 3), -Math.PI / 2], 1e-12);
        Assert.True(z.is_complex());
        Assert.Equal(-4, z.conj().imag.data<double>()[0]);
        Assert.Equal(-4, z.conj().imag[0].item<double>());
        Assert.Throws<InvalidOperationException>(() => z.conj().imag.bytes.Length);
    }

    [Fact]
    public void Fourier_transforms_agree_with_the_definition_and_come_back()
    {
        using var scope = NewDisposeScope();
        double[] signal = [1, 2, -1, 0.5, 3, -2];
        var x = tensor(signal);
        var half = fft.rfft(x);
        Assert.Equal([4], half.shape);
        for (int k = 0; k < 4; k++)
        {
            double real = 0, imaginary = 0;
            for (int n = 0; n < 6; n++)
            {
                real += signal[n] * Math.Cos(-2 * Math.PI * k * n / 6);
                imaginary += signal[n] * Math.Sin(-2 * Math.PI * k * n / 6);
            }
            Expect.Close(half.view_as_real()[k], [real, imaginary], 1e-12);
        }
        Expect.Close(fft.irfft(half, 6), signal, 1e-12);
        Expect.Close(fft.ifft(fft.fft_(x)).real, signal, 1e-12);
        Expect.Close(fft.rfft(x, norm: FFTNormType.Ortho).abs(), [.. half.abs().Values().Select(v => v / Math.Sqrt(6))], 1e-12);
    }

    [Fact]
    public void Short_time_transforms_have_the_published_shape_and_come_back()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var signal = randn([480_0], generator: generator);
        var window = hann_window(400);
        Expect.Close(window.narrow(0, 0, 3), [.. Enumerable.Range(0, 3).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / 400)))], 1e-6);
        var frames = signal.stft(400, 160, window: window, return_complex: true);
        Assert.Equal([201, 31], frames.shape);
        Assert.Equal([201, 31, 2], stft(signal, 400, 160, window: window).shape);
        Expect.Close(frames.unsqueeze(0).istft(400, 160, window: window, length: 4800)[0], signal.Values(), 1e-4);
    }
}
