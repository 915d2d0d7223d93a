// libtorch's dispatcher behind a C interface: an operator is looked up once by its schema name and called with a
// stack of tagged arguments, so that each ATen operator is one line of C#. Compiles against libtorch 1.13 and 2.x.
#include "brewclip_torch.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/autograd.h>

#include <optional>
#include <vector>

using namespace brewclip;

namespace brewclip {
std::string& last_error() {
    thread_local std::string message;
    return message;
}
}  // namespace brewclip

namespace {

// The numbers are those of ArgumentKind in C#.
enum class Kind : int32_t {
    None, Tensor, TensorList, OptionalTensorList, Int, Double, Bool, IntList, DoubleList, BoolList, Device, String, Generator, Complex
};

struct Argument {
    Kind kind;
    int32_t length;  // of lists and strings; the index of a device
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

// c10's own optional in libtorch 1, the standard one in libtorch 2.
using OptionalTensor = decltype(std::declval<const c10::IValue&>().toOptionalTensorList())::value_type;

template <typename T>
c10::List<T> list_of(const Argument& argument) {
    const T* values = static_cast<const T*>(argument.pointer);
    c10::List<T> list;
    list.reserve(argument.length);
    for (int32_t i = 0; i < argument.length; i++) list.push_back(values[i]);
    return list;
}

c10::IValue value_of(const Argument& argument) {
    const auto handles = static_cast<const TensorHandle*>(argument.pointer);
    switch (argument.kind) {
        case Kind::None: return c10::IValue();
        case Kind::Tensor: return tensor_of(static_cast<TensorHandle>(const_cast<void*>(argument.pointer)));
        case Kind::TensorList: {
            c10::List<at::Tensor> list;
            list.reserve(argument.length);
            for (int32_t i = 0; i < argument.length; i++) list.push_back(tensor_of(handles[i]));
            return list;
        }
        case Kind::OptionalTensorList: {
            c10::List<OptionalTensor> list;
            list.reserve(argument.length);
            for (int32_t i = 0; i < argument.length; i++) list.push_back(handles[i] ? OptionalTensor(tensor_of(handles[i])) : OptionalTensor());
            return list;
        }
        case Kind::Int: return argument.integer;
        case Kind::Double: return argument.real;
        case Kind::Bool: return argument.integer != 0;
        case Kind::IntList: return list_of<int64_t>(argument);
        case Kind::DoubleList: return list_of<double>(argument);
        case Kind::BoolList: return list_of<bool>(argument);
        case Kind::Device:
            return c10::Device(static_cast<c10::DeviceType>(argument.integer), static_cast<c10::DeviceIndex>(argument.length));
        case Kind::String: return std::string(static_cast<const char*>(argument.pointer), argument.length);
        case Kind::Generator: return *static_cast<const at::Generator*>(argument.pointer);
        case Kind::Complex: {
            const double* parts = static_cast<const double*>(argument.pointer);
            return c10::complex<double>(parts[0], parts[1]);
        }
    }
    TORCH_CHECK(false, "An argument of kind ", static_cast<int>(argument.kind), " is unknown to this shim: rebuild BrewClip.LibTorch.");
}

TensorHandle* handles_of(std::vector<at::Tensor> tensors) {
    auto handles = new TensorHandle[tensors.size()];
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = handle_of(std::move(tensors[i]));
    return handles;
}

std::vector<at::Tensor> tensors_of(const TensorHandle* handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; i++) tensors.push_back(tensor_of(handles[i]));
    return tensors;
}

// The commonest signatures are called typed, which skips the stack: a tenth of a small operator's time.
using Unary = at::Tensor(const at::Tensor&);
using Binary = at::Tensor(const at::Tensor&, const at::Tensor&);
using Scaled = at::Tensor(const at::Tensor&, const at::Tensor&, const at::Scalar&);

struct Operator {
    explicit Operator(c10::OperatorHandle found) : handle(std::move(found)) {
        const auto& schema = handle.schema();
        if (schema.name().rfind("aten::", 0) != 0) return;  // others may be registered with other C++ types
        if (schema.returns().size() != 1 || schema.returns()[0].type()->kind() != c10::TypeKind::TensorType) return;
        std::string kinds;
        for (const auto& argument : schema.arguments()) {
            const auto kind = argument.type()->kind();
            const bool fresh = !argument.alias_info();  // neither a view nor in place
            kinds += kind == c10::TypeKind::TensorType && fresh ? 't' : argument.name() == "alpha" ? 's' : '?';
        }
        if (kinds == "t") unary = handle.typed<Unary>();
        if (kinds == "tt") binary = handle.typed<Binary>();
        if (kinds == "tts") scaled = handle.typed<Scaled>();
    }

    c10::OperatorHandle handle;
    std::optional<c10::TypedOperatorHandle<Unary>> unary;
    std::optional<c10::TypedOperatorHandle<Binary>> binary;
    std::optional<c10::TypedOperatorHandle<Scaled>> scaled;
};

// A tensor over the caller's own reference, which the caller keeps: nothing is counted.
class Borrowed {
public:
    explicit Borrowed(const Argument& argument)
        : tensor(TensorPointer::reclaim(static_cast<TensorHandle>(const_cast<void*>(argument.pointer)))) {}
    Borrowed(const Borrowed&) = delete;
    ~Borrowed() { tensor.unsafeReleaseTensorImpl(); }
    operator const at::Tensor&() const { return tensor; }

private:
    at::Tensor tensor;
};

at::Tensor call_typed(const Operator& op, const Argument* arguments, int32_t count) {
    // Where nothing is recorded, the kernels that would record have nothing to do: going past them saves another tenth.
    // Not so for views and operators in place, whose relations and versions are kept even then: they are never typed.
    std::optional<at::AutoDispatchBelowAutograd> unrecorded;
    if (!c10::GradMode::is_enabled()) unrecorded.emplace();
    const auto is_tensor = [&](int32_t i) { return i < count && arguments[i].kind == Kind::Tensor; };
    if (op.unary && count == 1 && is_tensor(0)) return op.unary->call(Borrowed(arguments[0]));
    if (op.binary && count == 2 && is_tensor(0) && is_tensor(1)) return op.binary->call(Borrowed(arguments[0]), Borrowed(arguments[1]));
    if (op.scaled && count == 2 && is_tensor(0) && is_tensor(1))
        return op.scaled->call(Borrowed(arguments[0]), Borrowed(arguments[1]), at::Scalar(1));
    return at::Tensor();
}

// Arguments that the caller leaves out take the schema's defaults, so that later versions may append some.
torch::jit::Stack run(const c10::OperatorHandle& op, const Argument* arguments, int32_t count) {
    const auto& declared = op.schema().arguments();
    torch::jit::Stack stack;
    stack.reserve(declared.size());
    TORCH_CHECK(static_cast<size_t>(count) <= declared.size(), op.schema().name(), " takes ", declared.size(), " arguments, not ", count, ".");
    for (int32_t i = 0; i < count; i++) stack.push_back(value_of(arguments[i]));
    for (size_t i = count; i < declared.size(); i++) {
        TORCH_CHECK(declared[i].default_value(), op.schema().name(), " needs its argument '", declared[i].name(), "'.");
        stack.push_back(*declared[i].default_value());
    }
    op.callBoxed(&stack);
    return stack;
}

Argument result_of(c10::IValue value) {
    Argument result{Kind::None, 0, {0}};
    if (value.isTensor()) {
        result.kind = Kind::Tensor;
        result.pointer = handle_of(std::move(value).toTensor());
    } else if (value.isTensorList()) {
        auto tensors = value.toTensorVector();
        result.kind = Kind::TensorList;
        result.length = static_cast<int32_t>(tensors.size());
        result.pointer = handles_of(std::move(tensors));
    } else if (value.isDouble()) {
        result.kind = Kind::Double;
        result.real = value.toDouble();
    } else if (value.isInt()) {
        result.kind = Kind::Int;
        result.integer = value.toInt();
    } else if (value.isBool()) {
        result.kind = Kind::Bool;
        result.integer = value.toBool();
    } else {
        TORCH_CHECK(value.isNone(), "A result of type ", value.tagKind(), " cannot be returned.");
    }
    return result;
}

const c10::impl::DeviceGuardImplInterface* cuda() {
    return at::globalContext().hasCUDA() ? c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA) : nullptr;
}

}  // namespace

BREW_API const char* brew_last_error() { return last_error().c_str(); }

// ---- operators ----

BREW_API Operator* brew_find_operator(const char* name, const char* overload) {
    return guarded<Operator*>([&] {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found, "This libtorch has no operator '", name, *overload ? "." : "", overload, "'.");
        return new Operator(*found);
    });
}

// For the many operators that return one tensor; null is failure.
BREW_API TensorHandle brew_call_tensor(const Operator* op, const Argument* arguments, int32_t count) {
    return guarded<TensorHandle>([&] {
        auto result = call_typed(*op, arguments, count);
        if (result.defined()) return handle_of(std::move(result));
        auto stack = run(op->handle, arguments, count);
        TORCH_CHECK(stack.size() == 1 && stack[0].isTensor(), op->handle.schema().name(), " does not return one tensor.");
        result = std::move(stack[0]).toTensor();
        TORCH_CHECK(result.defined(), op->handle.schema().name(), " returned an undefined tensor.");
        return handle_of(std::move(result));
    });
}

// For operators that change their first argument: the caller has it already.
BREW_API bool brew_apply(const Operator* op, const Argument* arguments, int32_t count) {
    return guarded([&] { run(op->handle, arguments, count); return true; });
}

BREW_API bool brew_call(const Operator* op, const Argument* arguments, int32_t count, Argument* results, int32_t capacity) {
    return guarded([&] {
        auto stack = run(op->handle, arguments, count);
        TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), op->handle.schema().name(), " returns ", stack.size(), " values.");
        for (size_t i = 0; i < stack.size(); i++) results[i] = result_of(std::move(stack[i]));
        return true;
    });
}

BREW_API void brew_free_list(TensorHandle* handles) { delete[] handles; }

// ---- tensors ----

BREW_API void brew_free(TensorHandle handle) {
    guarded([&] { TensorPointer::reclaim(handle).reset(); return true; });
}

BREW_API TensorHandle brew_alias(TensorHandle handle) {
    return guarded<TensorHandle>([&] { return handle_of(tensor_of(handle)); });
}

// Shares the caller's memory; `release(context)` is called when the last reference to it is gone.
BREW_API TensorHandle brew_from_blob(void* data, const int64_t* sizes, int32_t rank, int32_t type, void (*release)(void*), void* context) {
    return guarded<TensorHandle>([&] {
        auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(type));
        return handle_of(at::from_blob(data, at::IntArrayRef(sizes, rank), [release, context](void*) { release(context); }, options));
    });
}

BREW_API int32_t brew_rank(TensorHandle handle) { return guarded<int32_t>([&] { return static_cast<int32_t>(handle->dim()); }); }
BREW_API const int64_t* brew_sizes(TensorHandle handle) { return guarded<const int64_t*>([&] { return handle->sizes().data(); }); }
BREW_API const int64_t* brew_strides(TensorHandle handle) { return guarded<const int64_t*>([&] { return handle->strides().data(); }); }
BREW_API int64_t brew_numel(TensorHandle handle) { return guarded<int64_t>([&] { return handle->numel(); }); }
BREW_API int64_t brew_storage_offset(TensorHandle handle) { return guarded<int64_t>([&] { return handle->storage_offset(); }); }
BREW_API int32_t brew_dtype(TensorHandle handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype())); }
BREW_API int64_t brew_element_size(TensorHandle handle) { return static_cast<int64_t>(handle->dtype().itemsize()); }
BREW_API bool brew_is_contiguous(TensorHandle handle) { return guarded([&] { return handle->is_contiguous(); }); }
BREW_API bool brew_is_leaf(TensorHandle handle) { return guarded([&] { return tensor_of(handle).is_leaf(); }); }

// The type in the high half, the index in the low.
BREW_API int64_t brew_device(TensorHandle handle) {
    return guarded<int64_t>([&] {
        const auto device = handle->device();
        return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
    });
}

// A conjugation or negation that is noted on the tensor and not yet done to its memory.
BREW_API bool brew_is_pending(TensorHandle handle) {
    return guarded([&] { auto tensor = tensor_of(handle); return tensor.is_conj() || tensor.is_neg(); });
}

// Null where there are no elements: the last error tells that from a failure.
BREW_API void* brew_data(TensorHandle handle) {
    last_error().clear();
    return guarded<void*>([&] { return tensor_of(handle).data_ptr(); });
}

// ---- autograd ----

BREW_API bool brew_requires_grad(TensorHandle handle) { return guarded([&] { return tensor_of(handle).requires_grad(); }); }

BREW_API bool brew_set_requires_grad(TensorHandle handle, bool required) {
    return guarded([&] { tensor_of(handle).set_requires_grad(required); return true; });
}

BREW_API bool brew_retain_grad(TensorHandle handle) { return guarded([&] { tensor_of(handle).retain_grad(); return true; }); }

// Null where there is none yet: the last error tells that from a failure.
BREW_API TensorHandle brew_grad(TensorHandle handle) {
    last_error().clear();
    return guarded<TensorHandle>([&] { return handle_of(tensor_of(handle).grad()); });
}

BREW_API bool brew_set_grad(TensorHandle handle, TensorHandle grad) {
    return guarded([&] {
        TORCH_CHECK(!grad || grad->sizes() == handle->sizes(), "A gradient of shape ", tensor_of(grad).sizes(),
                    " cannot be that of a tensor of shape ", handle->sizes(), ".");
        tensor_of(handle).mutable_grad() = tensor_of(grad);
        return true;
    });
}

BREW_API bool brew_backward(const TensorHandle* outputs, const TensorHandle* grads, int32_t count, bool retain_graph, bool create_graph,
                            const TensorHandle* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(tensors_of(outputs, count), grads ? tensors_of(grads, count) : std::vector<at::Tensor>(), retain_graph,
                                  create_graph, tensors_of(inputs, input_count));
        return true;
    });
}

// Writes input_count handles: null where an unused input was allowed.
BREW_API bool brew_autograd_grad(const TensorHandle* outputs, const TensorHandle* grads, int32_t count, const TensorHandle* inputs,
                                 int32_t input_count, bool retain_graph, bool create_graph, bool allow_unused, TensorHandle* results) {
    return guarded([&] {
        auto found = torch::autograd::grad(tensors_of(outputs, count), tensors_of(inputs, input_count),
                                           grads ? tensors_of(grads, count) : std::vector<at::Tensor>(), retain_graph, create_graph, allow_unused);
        for (int32_t i = 0; i < input_count; i++) results[i] = handle_of(std::move(found[i]));
        return true;
    });
}

BREW_API bool brew_grad_enabled() { return c10::GradMode::is_enabled(); }
BREW_API void brew_set_grad_enabled(bool enabled) { c10::GradMode::set_enabled(enabled); }
BREW_API bool brew_inference_enabled() { return c10::InferenceMode::is_enabled(); }
BREW_API c10::InferenceMode* brew_enter_inference(bool enabled) {
    return guarded<c10::InferenceMode*>([&] { return new c10::InferenceMode(enabled); });
}
BREW_API void brew_leave_inference(c10::InferenceMode* guard) { delete guard; }

// ---- the machine ----

BREW_API int32_t brew_cuda_device_count() {
    return guarded<int32_t>([&] { auto devices = cuda(); return devices ? static_cast<int32_t>(devices->deviceCount()) : 0; });
}

// BrewClip uses one stream per device, the current one: waiting for it waits for all its work.
BREW_API bool brew_cuda_synchronize(int32_t index) {
    return guarded([&] {
        auto devices = cuda();
        TORCH_CHECK(devices, "This libtorch has no CUDA: there is nothing to synchronize.");
        auto device = index < 0 ? devices->getDevice() : c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
        devices->synchronizeStream(devices->getStream(device));
        return true;
    });
}

BREW_API int32_t brew_get_threads() { return guarded<int32_t>([&] { return at::get_num_threads(); }); }
BREW_API bool brew_set_threads(int32_t count) { return guarded([&] { at::set_num_threads(count); return true; }); }
