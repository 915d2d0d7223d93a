using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace BrewClip.Models.Layers;

/// <summary>A convolution over time of kernel 3 with one zero on either side: [N, inputs, T] to [N, outputs, ceil(T / stride)].</summary>
internal sealed class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>Both of Whisper's convolutions see one frame on either side (whisper/model.py: kernel_size 3, padding 1).</summary>
    public const int KernelSize = 3;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long _stride;

    public ConvolutionLayer(long inputs, long outputs, long stride, ParameterOptions options)
        : base(nameof(ConvolutionLayer))
    {
        _stride = stride;
        weight = options.Allocate(outputs, inputs, KernelSize);
        bias = options.Allocate(outputs);
        RegisterComponents();
    }

    public ScalarType Type => weight.dtype;

    public Device Device => weight.device;

    public override Tensor forward(Tensor input) => F.conv1d(input, weight, bias, stride: _stride, padding: KernelSize / 2);
}
