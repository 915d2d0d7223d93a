using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Records operations of this thread or not, until disposed.</summary>
internal sealed class GradientMode : IDisposable
{
    private readonly bool before;

    internal GradientMode(bool enabled)
    {
        before = IsEnabled;
        Set(enabled);
    }

    internal static bool IsEnabled => NativeMethods.brew_grad_enabled() != 0;

    private static void Set(bool enabled) => NativeMethods.brew_set_grad_enabled(enabled ? (byte)1 : (byte)0);

    public void Dispose() => Set(before);
}

/// <summary>Inference mode of this thread, until disposed on the same thread; guards end in reverse order.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint guard;

    internal InferenceMode(bool mode) => guard = NativeMethods.Check(NativeMethods.brew_enter_inference(mode ? (byte)1 : (byte)0));

    internal static bool IsEnabled => NativeMethods.brew_inference_enabled() != 0;

    // No finaliser: the mode belongs to a thread, and the finaliser's is another.
    public void Dispose()
    {
        nint owned = Interlocked.Exchange(ref guard, 0);
        if (owned != 0) NativeMethods.brew_leave_inference(owned);
    }
}

public static partial class torch
{
    /// <summary>Nothing is recorded for backward on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Operations are recorded for backward on this thread until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    /// <summary>Operations are recorded for backward or not on this thread until the result is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    /// <summary>Whether operations of this thread are recorded for backward.</summary>
    public static bool is_grad_enabled() => GradientMode.IsEnabled;

    /// <summary>As no_grad, and tensors made can never be recorded: faster. Until the result is disposed, on the same thread.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => InferenceMode.IsEnabled;
}
