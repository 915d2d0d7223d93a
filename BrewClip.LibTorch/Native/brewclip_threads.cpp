// libtorch takes as many threads as it counts cores. In a virtual machine that hides which processor is which core its count can
// end at one: then every processor that this process may use is taken, unless the user has said how many.
#include <ATen/Parallel.h>

#include <cstdlib>
#ifdef _OPENMP
#include <omp.h>
#endif

namespace {

const bool counted = [] {
    if (std::getenv("OMP_NUM_THREADS") != nullptr || std::getenv("MKL_NUM_THREADS") != nullptr) return false;
#ifdef _OPENMP
    int processors = omp_get_num_procs();
    if (at::get_num_threads() == 1 && processors > 1) at::set_num_threads(processors);
#endif
    return true;
}();

}  // namespace
