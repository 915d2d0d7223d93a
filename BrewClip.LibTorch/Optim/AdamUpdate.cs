using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The numbers of one Adam step, and the step itself in one pass over memory for contiguous Float32 on the CPU.</summary>
internal readonly record struct AdamUpdate(
    double Beta1, double Beta2, double Epsilon, double StepSize, double RootCorrection, double WeightFactor, double GradientDecay,
    bool Maximize)
{
    // Below this a second thread costs more than it saves.
    private const int ElementsPerThread = 1 << 17;

    internal static AdamUpdate Of(AdamSettings settings, long step, bool decoupled)
    {
        var (beta1, beta2) = (settings.beta1!.Value, settings.beta2!.Value);
        var (rate, decay) = (settings.LearningRate!.Value, settings.weight_decay!.Value);
        return new(beta1, beta2, settings.eps!.Value, rate / (1 - Math.Pow(beta1, step)), Math.Sqrt(1 - Math.Pow(beta2, step)),
            decoupled ? 1 - (rate * decay) : 1, decoupled ? 0 : decay, settings.maximize!.Value);
    }

    /// <summary>Nine operators read and write the same four arrays some twenty times; this does it seven times.</summary>
    internal unsafe bool TryFused(Parameter parameter, Tensor gradient, AdamMoments moments)
    {
        if (moments.max_exp_avg_sq is not null
            || !Plain(parameter) || !Plain(gradient) || !Plain(moments.exp_avg) || !Plain(moments.exp_avg_sq))
        {
            return false;
        }
        // An in-place operator on an empty part of it tells autograd that the parameter has changed.
        using (var empty = parameter.narrow(0, 0, 0))
        {
            empty.zero_();
        }
        var (count, self) = (parameter.numel(), this);
        var (values, gradients) = ((nint)parameter.CpuData(), (nint)gradient.CpuData());
        var (means, squares) = ((nint)moments.exp_avg.CpuData(), (nint)moments.exp_avg_sq.CpuData());
        var parts = (int)Math.Clamp(count / ElementsPerThread, 1, get_num_threads());
        void Part(long part)
        {
            var (from, to) = (count * part / parts, count * (part + 1) / parts);
            self.Run((float*)values + from, (float*)gradients + from, (float*)means + from, (float*)squares + from, to - from);
        }
        if (parts == 1)
        {
            Part(0);
        }
        else
        {
            Parallel.For(0L, parts, Part);
        }
        GC.KeepAlive((parameter, gradient, moments));
        return true;
    }

    private static bool Plain(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.dim() > 0 && tensor.is_contiguous();

    private unsafe void Run(float* values, float* gradients, float* means, float* squares, long count)
    {
        var width = Vector<float>.Count;
        var vectors = count - (count % width);
        var (keepMean, addMean) = (new Vector<float>((float)Beta1), new Vector<float>((float)(1 - Beta1)));
        var (keepSquare, addSquare) = (new Vector<float>((float)Beta2), new Vector<float>((float)(1 - Beta2)));
        var (correction, epsilon, rate) =
            (new Vector<float>((float)RootCorrection), new Vector<float>((float)Epsilon), new Vector<float>((float)-StepSize));
        var (sign, decay, factor) =
            (new Vector<float>(Maximize ? -1 : 1), new Vector<float>((float)GradientDecay), new Vector<float>((float)WeightFactor));
        for (long i = 0; i < vectors; i += width)
        {
            var value = Vector.Load(values + i);
            var direction = (sign * Vector.Load(gradients + i)) + (decay * value);
            var mean = (keepMean * Vector.Load(means + i)) + (addMean * direction);
            var square = (keepSquare * Vector.Load(squares + i)) + (addSquare * direction * direction);
            mean.Store(means + i);
            square.Store(squares + i);
            ((factor * value) + (rate * mean / ((Vector.SquareRoot(square) / correction) + epsilon))).Store(values + i);
        }
        RunRest(values + vectors, gradients + vectors, means + vectors, squares + vectors, (int)(count - vectors));
    }

    private unsafe void RunRest(float* values, float* gradients, float* means, float* squares, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var direction = ((Maximize ? -1 : 1) * gradients[i]) + ((float)GradientDecay * values[i]);
            means[i] = ((float)Beta1 * means[i]) + ((float)(1 - Beta1) * direction);
            squares[i] = ((float)Beta2 * squares[i]) + ((float)(1 - Beta2) * direction * direction);
            values[i] = ((float)WeightFactor * values[i])
                + ((float)-StepSize * means[i] / ((MathF.Sqrt(squares[i]) / (float)RootCorrection) + (float)Epsilon));
        }
    }
}
