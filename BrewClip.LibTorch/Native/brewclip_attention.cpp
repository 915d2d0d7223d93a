// brewclip::attention: scaled dot-product attention whose scores never reach memory, forward and backward, on the CPU in float32
// (half precisions pass through it). Everything else goes to libtorch's own operator where it has one, else to its pieces.
#include "brewclip_attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>
#include <torch/version.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>

#define BREWCLIP_KERNELS "brewclip_attention_backward.inc"
#include "brewclip_multiversion.h"

namespace brewclip {
namespace {

using MaybeTensor = c10::optional<at::Tensor>;

struct Settings {
    MaybeTensor mask;
    bool causal;
    double scale;
};

struct FreeMemory {
    void operator()(float* memory) const { std::free(memory); }
};
using Room = std::unique_ptr<float, FreeMemory>;

Room allocate(std::size_t floats) {
    Room room(static_cast<float*>(std::aligned_alloc(64, (floats * sizeof(float) + 63) / 64 * 64)));
    TORCH_CHECK(room != nullptr, "attention needs ", floats * sizeof(float), " bytes for its blocks and the system has none left.");
    return room;
}

template <typename Value>
Heads<Value> heads_of(const at::Tensor& t) {
    return {static_cast<Value*>(t.data_ptr()), t.stride(0), t.stride(1), t.stride(2)};
}

// The heads of one position lie together: what follows attention (transpose, reshape to [batch, rows, heads · depth]) is then a view.
at::Tensor new_heads(const at::Tensor& like, int64_t rows, int64_t depth) {
    return at::empty({like.size(0), rows, like.size(1), depth}, like.options()).permute({0, 2, 1, 3});
}

at::Tensor with_contiguous_rows(const at::Tensor& t) { return t.stride(3) == 1 || t.size(3) == 1 ? t : t.contiguous(); }

// A boolean mask says where to attend; what the kernels add is 0 there and -infinity elsewhere. Broadcast dimensions keep step 0.
at::Tensor additive(const at::Tensor& mask, const at::Tensor& query, const at::Tensor& key) {
    at::Tensor added = mask;
    if (mask.scalar_type() == at::kBool) {
        added = at::zeros(mask.sizes(), query.options().dtype(at::kFloat));
        added.masked_fill_(mask.logical_not(), -std::numeric_limits<float>::infinity());
    }
    return added.to(at::kFloat).expand({query.size(0), query.size(1), query.size(2), key.size(2)});
}

Attention describe(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const at::Tensor& mask, const Settings& settings) {
    Attention a{};
    a.batch = query.size(0), a.heads = query.size(1), a.rows = query.size(2), a.keys = key.size(2);
    a.depth = query.size(3), a.value_depth = value.size(3);
    a.scale = static_cast<float>(settings.scale);
    a.causal = settings.causal;
    a.query = heads_of<const float>(query), a.key = heads_of<const float>(key), a.value = heads_of<const float>(value);
    if (mask.defined()) {
        a.mask = heads_of<const float>(mask);
        a.mask_key_step = mask.stride(3);
    }
    return a;
}

// Tasks are taken one by one, because causal rows cost unequally and cores are interrupted.
template <typename Body>
void in_parallel(int64_t tasks, bool worthwhile, const Body& body) {
    std::atomic<int64_t> next{0};
    int64_t threads = worthwhile && !at::in_parallel_region() ? std::min<int64_t>(at::get_num_threads(), tasks) : 1;
    at::parallel_for(0, threads, 1, [&](int64_t, int64_t) { body(next); });
}

void run_rows(const Attention& a, bool worthwhile) {
    std::size_t floats = a.keys + a.value_depth + 64;
    int64_t tasks = a.head_count() * a.rows;
    in_parallel(tasks, worthwhile, [&](std::atomic<int64_t>& next) {
        Room room = allocate(floats);
        for (int64_t task; (task = next++) < tasks;) {
            int64_t head = task / a.rows;
            BREWCLIP_DISPATCH(attention_one_row)(a, head / a.heads, head % a.heads, task % a.rows, room.get());
        }
    });
}

void run_blocks(const Attention& a, bool worthwhile) {
    std::size_t each = BREWCLIP_DISPATCH(attention_packed_floats)(a);
    Room packed = allocate(each * a.head_count());
    in_parallel(a.head_count(), worthwhile, [&](std::atomic<int64_t>& next) {
        for (int64_t head; (head = next++) < a.head_count();) {
            BREWCLIP_DISPATCH(attention_pack)(a, head / a.heads, head % a.heads, packed.get() + head * each);
        }
    });
    constexpr int64_t most_rows = 96, tile = 6;
    int64_t blocks = (a.rows + most_rows - 1) / most_rows;
    int64_t rows = ((a.rows + blocks - 1) / blocks + tile - 1) / tile * tile;
    blocks = (a.rows + rows - 1) / rows;
    int64_t tasks = a.head_count() * blocks;
    in_parallel(tasks, worthwhile, [&](std::atomic<int64_t>& next) {
        Room room = allocate(BREWCLIP_DISPATCH(attention_rows_floats)(a, rows));
        for (int64_t task; (task = next++) < tasks;) {
            int64_t head = task / blocks, first = task % blocks * rows;
            BREWCLIP_DISPATCH(attention_rows)(a, head / a.heads, head % a.heads, first, std::min<int64_t>(rows, a.rows - first),
                                              packed.get() + head * each, room.get());
        }
    });
}

bool worth_threads(const Attention& a) {
    return static_cast<double>(a.head_count()) * a.rows * a.keys * (a.depth + a.value_depth) > 1 << 16;
}

std::pair<at::Tensor, at::Tensor> forward(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const Settings& settings,
                                          bool keep_sums) {
    at::Tensor q = with_contiguous_rows(query), k = with_contiguous_rows(key), v = with_contiguous_rows(value);
    at::Tensor mask = settings.mask.has_value() ? additive(*settings.mask, q, k) : at::Tensor();
    at::Tensor output = new_heads(q, q.size(2), v.size(3));
    at::Tensor sums = keep_sums ? at::empty({q.size(0), q.size(1), q.size(2)}, q.options()) : at::Tensor();
    if (output.numel() == 0) return {output, sums};
    Attention a = describe(q, k, v, mask, settings);
    a.output = heads_of<float>(output);
    a.log_sum = keep_sums ? sums.data_ptr<float>() : nullptr;
    // Few rows do not repay transposing the keys.
    if (a.rows <= 4) {
        run_rows(a, worth_threads(a));
    } else {
        run_blocks(a, worth_threads(a));
    }
    return {output, sums};
}

class FusedAttention : public torch::autograd::Function<FusedAttention> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& query, const at::Tensor& key,
                              const at::Tensor& value, const MaybeTensor& mask, bool causal, double scale) {
        auto [output, sums] = brewclip::forward(query, key, value, {mask, causal, scale}, true);
        context->save_for_backward({query, key, value, output, sums, mask.has_value() ? *mask : at::Tensor()});
        context->saved_data["causal"] = causal;
        context->saved_data["scale"] = scale;
        return output;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        TORCH_CHECK(!at::GradMode::is_enabled(),
                    "attention has no second derivative: call backward without create_graph, or compose it of matmul and softmax.");
        auto saved = context->get_saved_variables();
        at::Tensor q = with_contiguous_rows(saved[0]), k = with_contiguous_rows(saved[1]), v = with_contiguous_rows(saved[2]);
        at::Tensor incoming = with_contiguous_rows(gradients[0]);
        Settings settings{saved[5].defined() ? MaybeTensor(saved[5]) : MaybeTensor(), context->saved_data["causal"].toBool(),
                          context->saved_data["scale"].toDouble()};
        at::Tensor mask = settings.mask.has_value() ? additive(*settings.mask, q, k) : at::Tensor();
        at::Tensor dq = new_heads(q, q.size(2), q.size(3)), dk = new_heads(k, k.size(2), k.size(3)), dv = new_heads(v, v.size(2), v.size(3));
        Attention a = describe(q, k, v, mask, settings);
        a.output = heads_of<float>(saved[3]);
        a.log_sum = saved[4].data_ptr<float>();
        AttentionGradient g{heads_of<const float>(incoming), heads_of<float>(dq), heads_of<float>(dk), heads_of<float>(dv)};
        in_parallel(a.head_count(), worth_threads(a), [&](std::atomic<int64_t>& next) {
            Room room = allocate(BREWCLIP_DISPATCH(attention_backward_floats)(a));
            for (int64_t head; (head = next++) < a.head_count();) {
                BREWCLIP_DISPATCH(attention_backward_head)(a, g, head / a.heads, head % a.heads, room.get());
            }
        });
        return {dq, dk, dv, at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

at::Tensor masked(const at::Tensor& scores, const at::Tensor& mask) {
    return mask.scalar_type() == at::kBool ? scores.masked_fill(mask.logical_not(), -std::numeric_limits<double>::infinity()) : scores + mask;
}

// The same values from libtorch's own products and softmax, scores written whole: for what the kernels do not know.
at::Tensor composed(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const Settings& settings, double dropout) {
    at::Tensor scores = at::matmul(query * settings.scale, key.transpose(-2, -1));
    if (settings.causal) scores = masked(scores, at::ones({query.size(-2), key.size(-2)}, query.options().dtype(at::kBool)).tril());
    if (settings.mask.has_value()) scores = masked(scores, *settings.mask);
    // A row that attends to nothing would be 0/0, in the gradient too: it is taken out before the softmax and zeroed after it.
    at::Tensor nothing = (scores == -std::numeric_limits<double>::infinity()).all(-1, true);
    at::Tensor weights = at::softmax(scores.masked_fill(nothing, 0), -1).masked_fill(nothing, 0);
    return at::matmul(dropout > 0 ? at::dropout(weights, dropout, true) : weights, value);
}

bool needs_gradient(const at::Tensor& t) { return at::GradMode::is_enabled() && t.requires_grad(); }

bool fits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
    return query.dim() == 4 && key.dim() == 4 && value.dim() == 4 && query.size(0) == key.size(0) && key.size(0) == value.size(0) &&
           query.size(1) == key.size(1) && key.size(1) == value.size(1) && query.size(3) == key.size(3) && key.size(2) == value.size(2);
}

bool expands(const at::Tensor& mask, const at::Tensor& query, const at::Tensor& key) {
    int64_t target[4] = {query.size(0), query.size(1), query.size(2), key.size(2)};
    if (mask.dim() > 4) return false;
    for (int64_t i = 0; i < mask.dim(); i++) {
        int64_t size = mask.size(mask.dim() - 1 - i);
        if (size != 1 && size != target[3 - i]) return false;
    }
    return true;
}

bool kernels_know(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const MaybeTensor& mask) {
    at::ScalarType type = query.scalar_type();
    if (!(type == at::kFloat || type == at::kHalf || type == at::kBFloat16) || !fits(query, key, value)) return false;
    if (!query.device().is_cpu() || !key.device().is_cpu() || !value.device().is_cpu() || key.size(2) == 0) return false;
    return !mask.has_value() || (mask->device().is_cpu() && !needs_gradient(*mask) && expands(*mask, query, key));
}

at::Tensor attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const MaybeTensor& mask, double dropout,
                     bool causal, c10::optional<double> given_scale) {
    at::ScalarType type = query.scalar_type();
    TORCH_CHECK(type == key.scalar_type() && type == value.scalar_type(), "attention takes query, key and value of one type, not ", type,
                ", ", key.scalar_type(), " and ", value.scalar_type(), ".");
    TORCH_CHECK(query.is_floating_point(), "attention takes floating-point tensors, not ", type, ".");
    TORCH_CHECK(query.dim() >= 2 && key.dim() >= 2 && value.dim() >= 2, "attention takes tensors of [..., rows, depth], not of ",
                query.dim(), ", ", key.dim(), " and ", value.dim(), " dimensions.");
    TORCH_CHECK(!mask.has_value() || mask->scalar_type() == at::kBool || mask->is_floating_point(),
                "attention's mask is boolean or floating-point, not ", mask->scalar_type(), ".");
    Settings settings{mask, causal, given_scale.has_value() ? *given_scale : 1 / std::sqrt(static_cast<double>(query.size(-1)))};
    if (dropout <= 0 && query.dim() == 3 && key.dim() == 3 && value.dim() == 3 && !mask.has_value()) {
        return attention(query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1), mask, dropout, causal, given_scale).squeeze(1);
    }
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
    if (!(causal && mask.has_value())) return at::scaled_dot_product_attention(query, key, value, mask, dropout, causal, settings.scale);
#endif
    if (dropout > 0 || !kernels_know(query, key, value, mask)) return composed(query, key, value, settings, dropout);
    if (type != at::kFloat) {
        at::Tensor output = attention(query.to(at::kFloat), key.to(at::kFloat), value.to(at::kFloat), mask, 0, causal, settings.scale);
        return output.to(type);
    }
    if (needs_gradient(query) || needs_gradient(key) || needs_gradient(value)) {
        return FusedAttention::apply(query, key, value, mask, causal, settings.scale);
    }
    return forward(query, key, value, settings, false).first;
}

}  // namespace
}  // namespace brewclip

TORCH_LIBRARY(brewclip, library) {
    library.def("attention(Tensor query, Tensor key, Tensor value, Tensor? mask=None, float dropout=0., "
                "bool causal=False, float? scale=None) -> Tensor",
                brewclip::attention);
}
