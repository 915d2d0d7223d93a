using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>One operator of libtorch's dispatcher, looked up by schema name on its first call. Thread-safe.</summary>
/// <remarks>
/// A missing operator is an <see cref="ExternalException"/> naming it, as is every failure of a call, with libtorch's own sentence.
/// </remarks>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackWords = 128;
    private nint handle;

    private nint Handle => handle != 0 ? handle : Find();

    private nint Find() =>
        handle = NativeMethods.Check(NativeMethods.brew_find_operator(name.Contains(':') ? name : "aten::" + name, overload));

    /// <summary>Looks the operator up, so that a missing one is known before it is needed.</summary>
    internal void Require() => _ = Handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Argument> arguments) => new(CallForHandle(arguments));

    /// <summary>
    /// Calls an operator of one tensor that returns one tensor: the short way, on which small operators spend their time.
    /// </summary>
    internal torch.Tensor CallUnary(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var native = new NativeArgument { Kind = ArgumentKind.Tensor, Bits = tensor.Handle };
        nint result = NativeMethods.brew_call_tensor(Handle, &native, 1);
        GC.KeepAlive(tensor);
        return result != 0 ? new(result) : Call([tensor]);
    }

    /// <summary>Calls an operator of two tensors that returns one tensor: the short way.</summary>
    internal torch.Tensor CallBinary(torch.Tensor first, torch.Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        NativeArgument* native = stackalloc NativeArgument[2];
        native[0] = new NativeArgument { Kind = ArgumentKind.Tensor, Bits = first.Handle };
        native[1] = new NativeArgument { Kind = ArgumentKind.Tensor, Bits = second.Handle };
        nint result = NativeMethods.brew_call_tensor(Handle, native, 2);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        return result != 0 ? new(result) : Call([first, second]);
    }

    /// <summary>Calls an operator that returns one tensor, for those who wrap the handle themselves.</summary>
    [SkipLocalsInit]
    internal nint CallForHandle(params ReadOnlySpan<Argument> arguments)
    {
        int words = Words(arguments);
        long* space = stackalloc long[StackWords];
        fixed (long* heap = words > StackWords ? new long[words] : null)
        {
            var native = Marshal(arguments, heap != null ? heap : space);
            nint result = NativeMethods.brew_call_tensor(Handle, native, arguments.Length);
            if (result == 0 && CollectAfterExhaustion()) result = NativeMethods.brew_call_tensor(Handle, native, arguments.Length);
            KeepAlive(arguments);
            return result != 0 ? result : throw Failure();
        }
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument.</summary>
    [SkipLocalsInit]
    internal torch.Tensor Apply(params ReadOnlySpan<Argument> arguments)
    {
        int words = Words(arguments);
        long* space = stackalloc long[StackWords];
        fixed (long* heap = words > StackWords ? new long[words] : null)
        {
            NativeMethods.Check(NativeMethods.brew_apply(Handle, Marshal(arguments, heap != null ? heap : space), arguments.Length));
            KeepAlive(arguments);
            return (torch.Tensor)arguments[0].Reference!;
        }
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal torch.Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        NativeArgument result;
        CallInto(&result, 1, arguments);
        var handles = (nint*)result.Bits;
        var tensors = new torch.Tensor[result.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new(handles[i]);
        NativeMethods.brew_free_list(handles);
        return tensors;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (torch.Tensor, torch.Tensor) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        NativeArgument* results = stackalloc NativeArgument[2];
        CallInto(results, 2, arguments);
        return (new((nint)results[0].Bits), new((nint)results[1].Bits));
    }

    /// <summary>Calls an operator that returns three tensors; an undefined one is null.</summary>
    internal (torch.Tensor, torch.Tensor?, torch.Tensor?) CallTriple(params ReadOnlySpan<Argument> arguments)
    {
        NativeArgument* results = stackalloc NativeArgument[3];
        CallInto(results, 3, arguments);
        return (new((nint)results[0].Bits), Wrap(results[1]), Wrap(results[2]));
        static torch.Tensor? Wrap(NativeArgument result) => result.Bits == 0 ? null : new((nint)result.Bits);
    }

    /// <summary>Calls an operator that returns a number or a truth value.</summary>
    internal NativeArgument CallValue(params ReadOnlySpan<Argument> arguments)
    {
        NativeArgument result;
        CallInto(&result, 1, arguments);
        return result;
    }

    [SkipLocalsInit]
    private void CallInto(NativeArgument* results, int capacity, ReadOnlySpan<Argument> arguments)
    {
        int words = Words(arguments);
        long* space = stackalloc long[StackWords];
        fixed (long* heap = words > StackWords ? new long[words] : null)
        {
            var native = Marshal(arguments, heap != null ? heap : space);
            byte succeeded = NativeMethods.brew_call(Handle, native, arguments.Length, results, capacity);
            if (succeeded == 0 && CollectAfterExhaustion())
                succeeded = NativeMethods.brew_call(Handle, native, arguments.Length, results, capacity);
            KeepAlive(arguments);
            if (succeeded == 0) throw Failure();
        }
    }

    private static int Words(ReadOnlySpan<Argument> arguments)
    {
        int words = 2 * arguments.Length;
        foreach (ref readonly var argument in arguments)
        {
            words += argument.Kind == ArgumentKind.String ? (Encoding.UTF8.GetMaxByteCount(((string)argument.Reference!).Length) + 7) / 8
                : argument.Length > 0 ? argument.Length : 0;
        }
        return words;
    }

    // The arguments come first, the contents of their lists behind them.
    private static NativeArgument* Marshal(ReadOnlySpan<Argument> arguments, long* space)
    {
        var native = (NativeArgument*)space;
        long* content = space + 2 * arguments.Length;
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            native[i].Kind = argument.Kind;
            native[i].Length = argument.Length;
            native[i].Bits = argument.Bits;
            if (argument.Kind is ArgumentKind.None or ArgumentKind.Tensor
                or ArgumentKind.Int or ArgumentKind.Double or ArgumentKind.Bool) continue;
            if (argument.Kind is ArgumentKind.Device or ArgumentKind.Generator) continue;
            native[i].Bits = (long)content;
            content += WriteList(argument, content, ref native[i].Length);
        }
        return native;
    }

    private static int WriteList(in Argument argument, long* content, ref int length)
    {
        switch (argument.Reference)
        {
            case long[] values:
                values.CopyTo(new Span<long>(content, values.Length));
                return values.Length;
            case double[] values:
                values.CopyTo(new Span<double>(content, values.Length));
                return values.Length;
            case string text:
                int capacity = Encoding.UTF8.GetMaxByteCount(text.Length);
                length = Encoding.UTF8.GetBytes(text, new Span<byte>(content, capacity));
                return (capacity + 7) / 8;
            default:
                var tensors = (torch.Tensor?[])argument.Reference!;
                bool optional = argument.Kind == ArgumentKind.OptionalTensorList;
                for (int i = 0; i < tensors.Length; i++)
                    content[i] = tensors[i] is { } tensor ? tensor.Handle : optional ? 0 : throw new ArgumentNullException($"tensors[{i}]");
                return tensors.Length;
        }
    }

    // The collector sees only handles pass: without this it may finalise a tensor while libtorch reads it.
    private static void KeepAlive(ReadOnlySpan<Argument> arguments)
    {
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
    }

    // Native memory is held by tensors nobody refers to but the collector has not met yet: let it, then try once more.
    private static bool CollectAfterExhaustion()
    {
        string message = NativeMethods.LastError;
        if (!message.Contains("allocate memory") && !message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)) return false;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return true;
    }

    private static ExternalException Failure() => new(NativeMethods.LastError);
}
