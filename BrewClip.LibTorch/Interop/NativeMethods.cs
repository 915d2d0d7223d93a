using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entry points of Native/brewclip_torch.cpp. A tensor handle is owned by whoever received it.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraries.Torch;

    static NativeMethods() => NativeLibraries.Register();

    [LibraryImport(Library)] private static partial byte* brew_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint brew_find_operator(string name, string overload);
    [LibraryImport(Library)] internal static partial nint brew_call_tensor(nint op, NativeArgument* arguments, int count);
    [LibraryImport(Library)] internal static partial byte brew_apply(nint op, NativeArgument* arguments, int count);
    [LibraryImport(Library)]
    internal static partial byte brew_call(nint op, NativeArgument* arguments, int count, NativeArgument* results, int capacity);
    [LibraryImport(Library)] internal static partial void brew_free_list(nint* handles);

    [LibraryImport(Library)] internal static partial void brew_free(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint brew_alias(nint tensor);
    [LibraryImport(Library)]
    internal static partial nint brew_from_blob(
        void* data, long* sizes, int rank, int type, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int brew_rank(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long* brew_sizes(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long* brew_strides(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long brew_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long brew_storage_offset(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int brew_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long brew_element_size(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_is_contiguous(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_is_leaf(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long brew_device(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_is_pending(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte* brew_data(nint tensor);

    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial byte brew_set_requires_grad(nint tensor, byte required);
    [LibraryImport(Library)] internal static partial byte brew_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial nint brew_grad(nint tensor);
    [LibraryImport(Library)] internal static partial byte brew_set_grad(nint tensor, nint grad);
    [LibraryImport(Library)]
    internal static partial byte brew_backward(
        nint* outputs, nint* grads, int count, byte retainGraph, byte createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)]
    internal static partial byte brew_autograd_grad(nint* outputs, nint* grads, int count, nint* inputs, int inputCount, byte retainGraph,
        byte createGraph, byte allowUnused, nint* results);

    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_grad_enabled();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void brew_set_grad_enabled(byte enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial byte brew_inference_enabled();
    [LibraryImport(Library)] internal static partial nint brew_enter_inference(byte enabled);
    [LibraryImport(Library)] internal static partial void brew_leave_inference(nint guard);

    [LibraryImport(Library)] internal static partial byte brew_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial nint brew_default_generator();
    [LibraryImport(Library)] internal static partial nint brew_new_generator(long seed, int device, int index);
    [LibraryImport(Library)] internal static partial void brew_free_generator(nint generator);
    [LibraryImport(Library)] internal static partial byte brew_generator_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial long brew_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint brew_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial byte brew_set_generator_state(nint generator, nint state);

    [LibraryImport(Library)] internal static partial int brew_cuda_device_count();
    [LibraryImport(Library)] internal static partial byte brew_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int brew_get_threads();
    [LibraryImport(Library)] internal static partial byte brew_set_threads(int count);

    /// <summary>The sentence of this thread's last failure: to be read after a call that reported one.</summary>
    internal static string LastError => Marshal.PtrToStringUTF8((nint)brew_last_error()) ?? "";

    /// <summary>Throws libtorch's own sentence when a call reported failure.</summary>
    internal static void Check(byte succeeded)
    {
        if (succeeded == 0) throw new ExternalException(LastError);
    }

    /// <summary>Passes a handle through, throwing libtorch's own sentence when there is none.</summary>
    internal static nint Check(nint handle) => handle != 0 ? handle : throw new ExternalException(LastError);

    /// <summary>Throws when the last call failed: after those whose result cannot say so, and which clear the error first.</summary>
    internal static void CheckLast()
    {
        if (*brew_last_error() != 0) throw new ExternalException(LastError);
    }
}
