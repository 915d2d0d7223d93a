// Generators of random numbers: the process-wide ones and those with a state of their own.
#include "brewclip_torch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>

using namespace brewclip;


BREW_API bool brew_manual_seed(int64_t seed) { return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); return true; }); }

BREW_API at::Generator* brew_default_generator() {
    return guarded<at::Generator*>([&] { return new at::Generator(at::globalContext().defaultGenerator(c10::Device(c10::DeviceType::CPU))); });
}

BREW_API at::Generator* brew_new_generator(int64_t seed, int32_t device, int32_t index) {
    return guarded<at::Generator*>([&] {
        auto target = c10::Device(static_cast<c10::DeviceType>(device), static_cast<c10::DeviceIndex>(index));
        if (target.is_cpu()) return new at::Generator(at::detail::createCPUGenerator(static_cast<uint64_t>(seed)));
        auto generator = new at::Generator(at::globalContext().defaultGenerator(target).clone());
        generator->set_current_seed(static_cast<uint64_t>(seed));
        return generator;
    });
}

BREW_API void brew_free_generator(at::Generator* generator) { delete generator; }

BREW_API bool brew_generator_seed(at::Generator* generator, int64_t seed) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(static_cast<uint64_t>(seed));
        return true;
    });
}

BREW_API int64_t brew_generator_initial_seed(at::Generator* generator) {
    return guarded<int64_t>([&] { return static_cast<int64_t>(generator->current_seed()); });
}

BREW_API TensorHandle brew_generator_state(at::Generator* generator) {
    return guarded<TensorHandle>([&] { return handle_of(generator->get_state()); });
}

BREW_API bool brew_set_generator_state(at::Generator* generator, TensorHandle state) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(tensor_of(state));
        return true;
    });
}
