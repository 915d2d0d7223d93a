using BrewClip.Models.Clip;
using BrewClip.Models.Presets;
using BrewClip.Models.Whisper;

namespace BrewClip.Benchmarks.Gpu;

/// <summary>Every kernel that is measured on a GPU, from the parts of a layer to a training step.</summary>
internal static class GpuKernels
{
    public static IReadOnlyList<GpuKernel> All(KernelScale scale) => scale == KernelScale.Full
        ? [.. Parts(), .. Networks()]
        : [.. Toys()];

    /// <summary>The kernels of some names; a name also stands for all that begin with it and a slash. All where none is given.</summary>
    /// <exception cref="ArgumentException">A name is none of them.</exception>
    public static IReadOnlyList<GpuKernel> Named(IReadOnlyList<string> names)
    {
        var all = All(KernelScale.Full);
        foreach (string name in names)
        {
            if (!all.Any(kernel => Matches(kernel, name)))
            {
                throw new ArgumentException($"There is no kernel '{name}': `gpu list` shows them.");
            }
        }

        return names.Count == 0 ? all : [.. all.Where(kernel => names.Any(name => Matches(kernel, name)))];
    }

    private static bool Matches(GpuKernel kernel, string name) =>
        kernel.Name == name || kernel.Name.StartsWith(name + "/", StringComparison.Ordinal);

    private static IEnumerable<GpuKernel> Parts()
    {
        yield return new LogMelKernel(128, 480_000) { Name = "log-mel", Work = "log-mel, 128 windows of 30 s, 80 bins, batched STFT" };
        foreach (var (batch, heads, positions) in ((int, int, int)[])[(1024, 12, 77), (256, 16, 257), (32, 16, 1500)])
        {
            foreach (bool fused in (bool[])[true, false])
            {
                string how = fused ? "fused" : "composed";
                yield return new AttentionKernel(batch, heads, positions, fused)
                {
                    Name = $"attention/{positions}/{how}",
                    Work = $"attention, T = {positions}, {batch} × {heads} heads of 64, {how}",
                };
            }
        }

        foreach (var function in Enum.GetValues<Elementwise>())
        {
            int width = function == Elementwise.LayerNorm ? 1024 : 4096;
            yield return new ElementwiseKernel(function, 65_536, width)
            {
                Name = $"elementwise/{function.ToString().ToLowerInvariant()}",
                Work = $"{function}, 65 536 rows of {width}",
            };
        }

        yield return new FeedForwardKernel(16_448, 1024, 4096) { Name = "mlp", Work = "MLP, 16 448 rows, 1024→4096→1024, GELU" };
        yield return new PromptConcatenationKernel(256, 1500, 768)
        {
            Name = "prompts",
            Work = "class, 4 prompts and 1500 frames of 768 joined and masked, 256 utterances",
        };
        foreach (int batch in (int[])[32, 128, 512, 1024, 4096])
        {
            yield return new LossKernel(batch, 768)
            {
                Name = $"loss/{batch}",
                Work = $"InnerOuterLoss, forward and backward, batch {batch} of 768",
            };
        }

        foreach (int queries in (int[])[1, 64])
        {
            yield return new SimilarityKernel(queries, 10_000_000, 768, 1 << 20)
            {
                Name = $"similarity/{queries}",
                Work = $"similarity and the ten nearest of 10 000 000 × 768, {queries} {(queries == 1 ? "query" : "queries")}",
            };
        }
    }

    private static IEnumerable<GpuKernel> Networks()
    {
        WhisperConfig small = ModelPresets.Whisper("whisper-base"), large = ModelPresets.Whisper("whisper-large-v3");
        foreach (int batch in (int[])[1, 4, 16, 64])
        {
            yield return new DecoderStepKernel(small, batch)
            {
                Name = $"decoder-step/base/{batch}",
                Work = $"Whisper base, one greedy step with cache, batch {batch}",
            };
        }

        yield return new WhisperEncoderKernel(small, 64)
        {
            Name = "whisper-encoder/base",
            Work = "Whisper base, encoder, 64 windows of 30 s",
        };
        yield return new WhisperEncoderKernel(large, 8)
        {
            Name = "whisper-encoder/large-v3",
            Work = "Whisper large-v3, encoder, 8 windows of 30 s",
        };
        foreach (var (name, preset) in ((string, string)[])[("b32", "clip-vit-base-patch32"), ("l14", "clip-vit-large-patch14")])
        {
            var clip = ModelPresets.Clip(preset);
            yield return new ClipImageKernel(clip, 256) { Name = $"clip-image/{name}", Work = $"CLIP {name}, 256 images" };
            yield return new ClipTextKernel(clip, 512) { Name = $"clip-text/{name}", Work = $"CLIP {name}, 512 texts of 77 tokens" };
        }

        yield return new TrainingStepKernel(small, ModelPresets.Clip("clip-vit-large-patch14"), 32, 1500)
        {
            Name = "training-step",
            Work = "a training step of BrewCLIP (base, L/14), batch 32, 1500 cached frames",
        };
    }

    // Every kind once, at sizes that a test can afford.
    private static IEnumerable<GpuKernel> Toys()
    {
        const string Toy = "toy";
        var whisper = new WhisperConfig
        {
            VocabularySize = 51865,
            Width = 16,
            EncoderLayers = 1,
            DecoderLayers = 1,
            EncoderAttentionHeads = 2,
            DecoderAttentionHeads = 2,
            EncoderFeedForward = 32,
            DecoderFeedForward = 32,
            AudioPositions = 10,
        };
        var clip = new ClipConfig
        {
            EmbeddingSize = 8,
            Vision = new ClipVisionConfig
            {
                HiddenSize = 16,
                IntermediateSize = 32,
                Layers = 1,
                AttentionHeads = 2,
                ImageSize = 8,
                PatchSize = 4
            },
            Text = new ClipTextConfig
            {
                VocabularySize = 64,
                HiddenSize = 16,
                IntermediateSize = 32,
                Layers = 1,
                AttentionHeads = 2,
                ContextLength = 12,
                EndOfText = 63
            },
        };
        yield return new LogMelKernel(2, 1600, 8) { Name = "log-mel", Work = Toy };
        yield return new AttentionKernel(2, 2, 5, Fused: true) { Name = "attention/fused", Work = Toy };
        yield return new AttentionKernel(2, 2, 5, Fused: false) { Name = "attention/composed", Work = Toy };
        foreach (var function in Enum.GetValues<Elementwise>())
        {
            yield return new ElementwiseKernel(function, 4, 8) { Name = $"elementwise/{function}", Work = Toy };
        }

        yield return new FeedForwardKernel(4, 8, 16) { Name = "mlp", Work = Toy };
        yield return new PromptConcatenationKernel(2, 6, 8) { Name = "prompts", Work = Toy };
        yield return new LossKernel(4, 8) { Name = "loss", Work = Toy };
        yield return new SimilarityKernel(2, 100, 8, Block: 32) { Name = "similarity", Work = Toy };
        yield return new DecoderStepKernel(whisper, 2) { Name = "decoder-step", Work = Toy };
        yield return new WhisperEncoderKernel(whisper, 2) { Name = "whisper-encoder", Work = Toy };
        yield return new ClipImageKernel(clip, 2) { Name = "clip-image", Work = Toy };
        yield return new ClipTextKernel(clip, 2) { Name = "clip-text", Work = Toy };
        yield return new TrainingStepKernel(whisper, clip, 2, 10) { Name = "training-step", Work = Toy };
    }
}
