// libBrewClipGemm: answers BLAS's sgemm_ and sgemv_ with oneDNN, which shares libtorch's OpenMP threads. Loaded with global scope before
// libtorch, so that every single-precision product of ATen, forward and backward, comes here (docs/performance.md says why).
// Nothing here throws: Fortran's callers could not catch it.
#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#define BREWCLIP_EXPORT __attribute__((visibility("default")))

namespace brewclip {

// C[rows, n] = alpha·A[rows, k]·op(B) + beta·C, row-major; op(B) is [k, n], B is stored [n, k] where b_transposed.
struct FewRows {
    std::ptrdiff_t rows, n, k;
    float alpha;
    const float* a;
    std::ptrdiff_t lda;
    const float* b;
    std::ptrdiff_t ldb;
    bool b_transposed;
    float beta;
    float* c;
    std::ptrdiff_t ldc;
};

namespace {

struct Product {
    bool a_transposed, b_transposed;
    std::ptrdiff_t rows, n, k;
    float alpha;
    const float* a;
    std::ptrdiff_t lda;
    const float* b;
    std::ptrdiff_t ldb;
    float beta;
    float* c;
    std::ptrdiff_t ldc;
};

std::atomic<std::int64_t> calls{0};

// Right always, fast never: for what oneDNN refuses, and for threads that find no memory.
void plain(const Product& p) {
    for (std::ptrdiff_t i = 0; i < p.rows; i++) {
        for (std::ptrdiff_t j = 0; j < p.n; j++) {
            float sum = 0;
            for (std::ptrdiff_t q = 0; q < p.k; q++) {
                float left = p.a_transposed ? p.a[q * p.lda + i] : p.a[i * p.lda + q];
                sum += left * (p.b_transposed ? p.b[j * p.ldb + q] : p.b[q * p.ldb + j]);
            }
            float* c = p.c + i * p.ldc + j;
            *c = p.beta == 0 ? p.alpha * sum : p.alpha * sum + p.beta * *c;
        }
    }
}

void plain(const FewRows& g, std::ptrdiff_t first, std::ptrdiff_t width) {
    std::ptrdiff_t columns = g.n - first < width ? g.n - first : width;
    const float* b = g.b + (g.b_transposed ? first * g.ldb : first);
    plain(Product{false, g.b_transposed, g.rows, columns, g.k, g.alpha, g.a, g.lda, b, g.ldb, g.beta, g.c + first, g.ldc});
}

// A thread's packing room, kept from call to call: asking the system for it anew each time would cost more than small products.
float* packing_room(std::size_t floats) {
    struct Room {
        float* memory = nullptr;
        std::size_t floats = 0;
        ~Room() { std::free(memory); }
    };
    static thread_local Room room;
    if (room.floats < floats) {
        std::free(room.memory);
        std::size_t bytes = (floats * sizeof(float) + 4095) / 4096 * 4096;
        room.memory = static_cast<float*>(std::aligned_alloc(64, bytes));
        room.floats = room.memory == nullptr ? 0 : bytes / sizeof(float);
    }
    return room.memory;
}

}  // namespace
}  // namespace brewclip

#define BREWCLIP_KERNELS "brewclip_gemm_kernels.inc"
#include "brewclip_multiversion.h"

namespace brewclip {
namespace {

void scale(const Product& p) {
    for (std::ptrdiff_t i = 0; i < p.rows; i++) {
        for (std::ptrdiff_t j = 0; j < p.n; j++) {
            float* c = p.c + i * p.ldc + j;
            *c = p.beta == 0 ? 0 : p.beta * *c;
        }
    }
}

// Where oneDNN 2.6 copies the right side too slowly for the few rows that use it: a Linear's forward of eight rows and more, and
// with AVX2 a Linear's input gradient.
bool few_rows_is_faster(const Product& p) {
    bool wide = isa() == Isa::avx512, large = p.n * p.k >= 1 << 20;
    if (p.a_transposed || p.n < 256 || (!wide && isa() != Isa::avx2)) return false;
    if (wide) return p.b_transposed && p.rows >= (large ? 8 : 14) && (p.rows <= 1024 || p.k >= p.n);
    if (!large) return false;
    return p.b_transposed ? p.rows >= (p.k >= 1024 ? 5 : 8) && p.rows <= 512 : p.rows >= 24 && p.rows <= 400;
}

// Weights that come from memory row by row: oneDNN reads several rows side by side, which memory answers half as fast.
bool very_few_rows_is_faster(const Product& p) {
    if (p.a_transposed || !p.b_transposed || p.rows > 6 || p.n * p.k < 1 << 16) return false;
    if (p.rows == 1) return p.k <= 2048;
    return p.k <= (isa() == Isa::avx512 ? 512 : 1024);
}

void multiply(const Product& p) {
    if (p.rows <= 0 || p.n <= 0) return;
    if (p.k <= 0 || p.alpha == 0) return scale(p);
    FewRows few{p.rows, p.n, p.k, p.alpha, p.a, p.lda, p.b, p.ldb, p.b_transposed, p.beta, p.c, p.ldc};
    if (very_few_rows_is_faster(p)) return BREWCLIP_DISPATCH(very_few_rows)(few);
    if (few_rows_is_faster(p)) return BREWCLIP_DISPATCH(few_rows)(few);
    dnnl_status_t status = dnnl_sgemm(p.a_transposed ? 'T' : 'N', p.b_transposed ? 'T' : 'N', p.rows, p.n, p.k, p.alpha, p.a,
                                      p.lda, p.b, p.ldb, p.beta, p.c, p.ldc);
    if (status != dnnl_success) plain(p);
}

bool transposed(const char* flag) { return *flag == 'T' || *flag == 't' || *flag == 'C' || *flag == 'c'; }

}  // namespace
}  // namespace brewclip

// Column-major C[m, n] = alpha·op(A)·op(B) + beta·C is row-major Cᵀ[n, m] = alpha·op(B)ᵀ·op(A)ᵀ + beta·Cᵀ over the same memory.
extern "C" BREWCLIP_EXPORT void sgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k, const float* alpha,
                       const float* a, const int* lda, const float* b, const int* ldb, const float* beta, float* c,
                       const int* ldc) {
    brewclip::calls.fetch_add(1, std::memory_order_relaxed);
    brewclip::multiply(brewclip::Product{brewclip::transposed(transb), brewclip::transposed(transa), *n, *m, *k, *alpha, b, *ldb,
                                         a, *lda, *beta, c, *ldc});
}

// Column-major A[m, n] is row-major [n, m]: Aᵀ·x takes its stored rows one by one, A·x is the row x times it.
extern "C" BREWCLIP_EXPORT void sgemv_(const char* trans, const int* m, const int* n, const float* alpha, const float* a,
                                       const int* lda, const float* x, const int* incx, const float* beta, float* y, const int* incy) {
    brewclip::calls.fetch_add(1, std::memory_order_relaxed);
    bool dots = brewclip::transposed(trans);
    std::ptrdiff_t in = dots ? *m : *n, out = dots ? *n : *m;
    if (in <= 0 || out <= 0) return;
    // BLAS walks a vector of negative increment from its other end.
    const float* first = *incx < 0 ? x - (in - 1) * *incx : x;
    float* result = *incy < 0 ? y - (out - 1) * *incy : y;
    if (*incx == 1 && *incy == 1) {
        return brewclip::multiply(brewclip::Product{false, dots, 1, out, in, *alpha, x, in, a, *lda, *beta, y, out});
    }
    for (std::ptrdiff_t j = 0; j < out; j++) {
        float sum = 0;
        for (std::ptrdiff_t p = 0; p < in && *alpha != 0; p++) sum += first[p * *incx] * (dots ? a[j * *lda + p] : a[p * *lda + j]);
        float& c = result[j * *incy];
        c = *beta == 0 ? *alpha * sum : *alpha * sum + *beta * c;
    }
}

// How many products came here since the process began: what proves that libtorch's symbol resolves to this library.
extern "C" BREWCLIP_EXPORT std::int64_t brewclip_gemm_calls() { return brewclip::calls.load(std::memory_order_relaxed); }
