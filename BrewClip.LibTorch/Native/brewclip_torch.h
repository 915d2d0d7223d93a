// What the native files of BrewClip.LibTorch share: handles, arguments and errors.
//
// A tensor handle is a TensorImpl with one reference of its own: no second allocation per tensor.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <c10/core/UndefinedTensorImpl.h>

#include <cstdint>
#include <exception>
#include <new>
#include <string>
#include <utility>

#define BREW_API extern "C" __attribute__((visibility("default")))

namespace brewclip {

using TensorHandle = c10::TensorImpl*;
using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// The text of the last failure on this thread. A call that succeeds leaves it as it is, which costs nothing; one whose
// result cannot tell success from failure clears it first.
std::string& last_error();

inline at::Tensor tensor_of(TensorHandle handle) {
    return handle ? at::Tensor(TensorPointer::reclaim_copy(handle)) : at::Tensor();
}

// Undefined tensors become null: the managed side shows them as null too.
inline TensorHandle handle_of(at::Tensor tensor) {
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

// Nothing thrown may cross into managed code: it becomes the thread's last error and a default result.
template <typename Result = bool, typename Body>
Result guarded(Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        last_error() = error.what_without_backtrace();
    } catch (const std::bad_alloc&) {
        last_error() = "Out of memory: libtorch could not allocate what this call needs.";
    } catch (const std::exception& error) {
        last_error() = error.what();
    } catch (...) {
        last_error() = "libtorch threw something that is no std::exception.";
    }
    if (last_error().empty()) last_error() = "libtorch failed without a message.";
    return Result{};
}

}  // namespace brewclip
