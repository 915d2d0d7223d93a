// Includes BREWCLIP_KERNELS once for every instruction set worth a version of its own, each in a namespace of its own, and
// leaves BREWCLIP_DISPATCH(function): the version of it that fits the processor at hand.
// No include guard: each source file brings its own kernels.
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")
#define BREWCLIP_ISA avx512
#define BREWCLIP_LANES 16
#define BREWCLIP_PANEL 4
#include BREWCLIP_KERNELS
#undef BREWCLIP_ISA
#undef BREWCLIP_LANES
#undef BREWCLIP_PANEL
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx2,fma")
#define BREWCLIP_ISA avx2
#define BREWCLIP_LANES 8
#define BREWCLIP_PANEL 2
#include BREWCLIP_KERNELS
#undef BREWCLIP_ISA
#undef BREWCLIP_LANES
#undef BREWCLIP_PANEL
#pragma GCC pop_options
#endif

#define BREWCLIP_ISA baseline
#define BREWCLIP_LANES 4
#define BREWCLIP_PANEL 2
#include BREWCLIP_KERNELS
#undef BREWCLIP_ISA
#undef BREWCLIP_LANES
#undef BREWCLIP_PANEL

#ifndef BREWCLIP_SELECT
#define BREWCLIP_SELECT
#include <cstdlib>
#include <cstring>

namespace brewclip {

enum class Isa { baseline, avx2, avx512 };

// BREWCLIP_MAX_CPU_ISA (baseline, avx2) lowers what is used, so that every version can be tested on one machine.
inline Isa isa() {
    static const Isa found = [] {
#if defined(__x86_64__)
        const char* limit = std::getenv("BREWCLIP_MAX_CPU_ISA");
        if (limit != nullptr && std::strcmp(limit, "baseline") == 0) return Isa::baseline;
        bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
        bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
        if (avx2 && avx512 && (limit == nullptr || std::strcmp(limit, "avx2") != 0)) return Isa::avx512;
        if (avx2) return Isa::avx2;
#endif
        return Isa::baseline;
    }();
    return found;
}

}  // namespace brewclip

#if defined(__x86_64__)
#define BREWCLIP_DISPATCH(function)                                                      \
    (::brewclip::isa() == ::brewclip::Isa::avx512 ? &::brewclip::avx512::function         \
     : ::brewclip::isa() == ::brewclip::Isa::avx2 ? &::brewclip::avx2::function           \
                                                  : &::brewclip::baseline::function)
#else
#define BREWCLIP_DISPATCH(function) (&::brewclip::baseline::function)
#endif
#endif
