using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The settings of Adam and AdamW; what is null takes the optimizer's default.</summary>
public abstract class AdamSettings : OptimizerOptions
{
    /// <summary>Decay of the gradient's mean.</summary>
    public double? beta1;

    /// <summary>Decay of the gradient's mean square.</summary>
    public double? beta2;

    /// <summary>Decay of the weights.</summary>
    public double? weight_decay;

    /// <summary>Added to the root of the mean square.</summary>
    public double? eps;

    /// <summary>Whether the largest mean square so far is divided by.</summary>
    public bool? amsgrad;

    /// <summary>Whether the objective is to grow.</summary>
    public bool? maximize;

    internal void FillFrom(AdamSettings defaults)
    {
        LearningRate ??= defaults.LearningRate;
        beta1 ??= defaults.beta1;
        beta2 ??= defaults.beta2;
        weight_decay ??= defaults.weight_decay;
        eps ??= defaults.eps;
        amsgrad ??= defaults.amsgrad;
        maximize ??= defaults.maximize;
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var other = (AdamSettings)source;
        (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
        (amsgrad, maximize) = (other.amsgrad, other.maximize);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        (beta1, beta2, eps, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (amsgrad, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(beta1!.Value);
        writer.Write(beta2!.Value);
        writer.Write(eps!.Value);
        writer.Write(weight_decay!.Value);
        writer.Write(amsgrad!.Value);
        writer.Write(maximize!.Value);
    }
}

/// <summary>What Adam and AdamW keep for one parameter; the tensors are the state's.</summary>
public abstract class AdamMoments : OptimizerState, IDisposable
{
    /// <summary>Steps taken.</summary>
    public long step;

    /// <summary>Decaying mean of the gradient.</summary>
    public Tensor exp_avg = null!;

    /// <summary>Decaying mean of the gradient's square.</summary>
    public Tensor exp_avg_sq = null!;

    /// <summary>The largest mean square so far, with amsgrad only.</summary>
    public Tensor? max_exp_avg_sq;

    private protected AdamMoments(Parameter parameter) : base(parameter)
    {
    }

    /// <inheritdoc/>
    public override void Initialize(OptimizerOptions options)
    {
        step = 0;
        Set(zeros_like(_parameter), zeros_like(_parameter), ((AdamSettings)options).amsgrad == true ? zeros_like(_parameter) : null);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamMoments)source;
        step = other.step;
        Set(Copy(other.exp_avg), Copy(other.exp_avg_sq), other.max_exp_avg_sq is { } maximum ? Copy(maximum) : null);
    }

    /// <inheritdoc/>
    public override void LoadStateDict(BinaryReader reader)
    {
        step = reader.ReadInt64();
        TensorLayout.Read(reader, exp_avg);
        TensorLayout.Read(reader, exp_avg_sq);
        if (reader.ReadBoolean())
        {
            Replace(ref max_exp_avg_sq, max_exp_avg_sq ?? zeros_like(_parameter));
            TensorLayout.Read(reader, max_exp_avg_sq!);
        }
        else
        {
            Replace(ref max_exp_avg_sq, null);
        }
    }

    /// <inheritdoc/>
    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(step);
        TensorLayout.Write(writer, exp_avg);
        TensorLayout.Write(writer, exp_avg_sq);
        TensorLayout.WriteOptional(writer, max_exp_avg_sq);
    }

    /// <inheritdoc/>
    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is AdamMoments moments && step == moments.step && exp_avg.allclose(moments.exp_avg) && exp_avg_sq.allclose(moments.exp_avg_sq)
        && (max_exp_avg_sq is null || (moments.max_exp_avg_sq is { } maximum && max_exp_avg_sq.allclose(maximum)));

    /// <inheritdoc/>
    public override void to(Device device) => Set(exp_avg.to(device), exp_avg_sq.to(device), max_exp_avg_sq?.to(device));

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        exp_avg.Dispose();
        exp_avg_sq.Dispose();
        max_exp_avg_sq?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Set(Tensor mean, Tensor square, Tensor? maximum)
    {
        Replace(ref exp_avg!, mean);
        Replace(ref exp_avg_sq!, square);
        Replace(ref max_exp_avg_sq, maximum);
    }

    private Tensor Copy(Tensor tensor)
    {
        using var here = tensor.to(_parameter.device);
        return here.clone();
    }
}
