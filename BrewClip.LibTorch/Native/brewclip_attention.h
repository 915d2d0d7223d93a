// What the attention kernels work on: float32 tensors of [batch, heads, rows, depth] with any strides but a contiguous last dimension.
#pragma once
#include <cstddef>

namespace brewclip {

template <typename Value>
struct Heads {
    Value* data = nullptr;
    std::ptrdiff_t batch_step = 0, head_step = 0, row_step = 0;

    Value* row(std::ptrdiff_t batch, std::ptrdiff_t head, std::ptrdiff_t index) const {
        return data + batch * batch_step + head * head_step + index * row_step;
    }
};

struct Attention {
    std::ptrdiff_t batch, heads, rows, keys, depth, value_depth;
    float scale;
    bool causal;  // row i attends to keys 0..i
    Heads<const float> query, key, value;
    Heads<const float> mask;  // added to the scaled scores; absent where data is null
    std::ptrdiff_t mask_key_step;
    Heads<float> output;
    float* log_sum;  // [batch, heads, rows]: the logarithm of each row's sum of exponentials, for the backward

    std::ptrdiff_t head_count() const { return batch * heads; }
};

struct AttentionGradient {
    Heads<const float> output;  // the gradient that arrives
    Heads<float> query, key, value;
};

}  // namespace brewclip
