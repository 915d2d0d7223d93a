using BrewClip.Core.Audio;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Training;
using BrewClip.Training.LittleWorld;
using BrewClip.Training.Recipes;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Recipes;

public sealed class NanoRecipeTests
{
    [Fact]
    public void Clip_nano_is_what_its_recipe_says()
    {
        var recipe = NanoModels.ClipRecipe;
        Assert.Equal(Run(2_000, 150, 1e-3, 250), recipe.Training.ToTrainerOptions("run", resume: true));
        Assert.Equal(new BatchLoaderOptions { BatchSize = 128, Seed = 1, BucketBatches = 160 }, recipe.Training.ToLoaderOptions());
        var expected = new ClipConfig
        {
            EmbeddingSize = 128,
            Vision = new ClipVisionConfig { HiddenSize = 128, IntermediateSize = 512, Layers = 4, AttentionHeads = 4, ImageSize = 64, PatchSize = 8 },
            Text = new ClipTextConfig { VocabularySize = 300, HiddenSize = 128, IntermediateSize = 512, Layers = 3, AttentionHeads = 4, EndOfText = 299 },
        };
        Assert.Equal(expected, recipe.Model.ToConfig(300, 299));
    }

    [Fact]
    public void Whisper_nano_is_what_its_recipe_says()
    {
        var recipe = NanoModels.WhisperRecipe;
        Assert.Equal(Run(6_000, 300, 1.5e-3, 600), recipe.Training.ToTrainerOptions("run", resume: true));
        Assert.Equal(new BatchLoaderOptions { BatchSize = 16, Seed = 1, BucketBatches = 40 }, recipe.Training.ToLoaderOptions());
        var masks = new SpecAugment { FrequencyMasks = 1, FrequencyWidth = 12, TimeMasks = 1, TimeWidth = 20 };
        Assert.Equal(
            new SpeechTextSourceOptions { SpecAugment = masks, FrequencyWarp = 0.12, ZeroPaddingShare = 0.4 }, recipe.Training.ToSourceOptions());
        Assert.Equal(
            new WhisperPretrainingOptions { FullWindowShare = 0.2, EvaluationExamples = 150, AlignmentWeight = 1, TokenNoise = 0.2 },
            recipe.Training.ToTaskOptions());
        var expected = new WhisperConfig
        {
            MelBins = 80,
            Width = 128,
            EncoderLayers = 3,
            EncoderAttentionHeads = 4,
            EncoderFeedForward = 512,
            DecoderLayers = 2,
            DecoderAttentionHeads = 4,
            DecoderFeedForward = 512,
            VocabularySize = 700,
            AudioPositions = 600,
            TextPositions = 96,
        };
        Assert.Equal(expected, recipe.Model.ToConfig(700));
    }

    [Fact]
    public void Brewclip_nano_is_what_its_recipe_says()
    {
        var training = NanoModels.BrewRecipe.Training!;
        Assert.Equal(Run(1_400, 100, 1e-3, 200), training.ToTrainerOptions("run", resume: true));
        Assert.Equal(new BatchLoaderOptions { BatchSize = 64, Seed = 1, BucketBatches = 160 }, training.ToLoaderOptions());
        Assert.Equal(new BrewClipTrainingOptions(), training.ToTaskOptions());
        Assert.Equal(
            (true, true, 2, 1), (training.TemperatureLearnable, training.TwinsTogether, training.CaptionsPerImage, training.HeldOutCaptionsPerImage));
        var expected = new BrewClipConfig
        {
            ModelType = BrewClipConfig.ModelTypeName,
            Whisper = "w",
            Clip = "c",
            Variant = BrewClipVariant.AcousticOnly,
            MaskPadding = true,
            AcousticAttentionHeads = 4,
            AcousticFeedForward = 512,
        };
        Assert.Equal(expected, NanoModels.Brew(BrewClipVariant.AcousticOnly, "w", "c"));
    }

    [Theory]
    [InlineData("clip-nano", "model.patch_size=7", "patch_size 7")]
    [InlineData("clip-nano", "model.text.attention_heads=3", "attention_heads 3")]
    [InlineData("clip-nano", "train_on=flickr8k", "flickr8k")]
    [InlineData("clip-nano", "training.alpha=1", "no 'training.alpha'")]
    [InlineData("whisper-nano", "train_on=flickr8k", "flickr8k")]
    [InlineData("whisper-nano", "vocabulary_merges=0", "vocabulary_merges")]
    [InlineData("whisper-nano", "model.decoder.width=64", "128 and 64")]
    [InlineData("whisper-nano", "training.token_noise=1", "token_noise 1")]
    [InlineData("whisper-nano", "training.spec_augment.bands=3", "training.spec_augment.bands")]
    [InlineData("brewclip-nano", "training.bucket_batches=0", "bucket_batches")]
    [InlineData("brewclip-nano", "train_on=flickr8k", "twins")]
    public void A_wrong_value_is_refused_and_named(string name, string setting, string named) => Assert.Contains(
        named, Assert.Throws<InvalidDataException>(() => RecipeLibrary.Load(name, [setting])).Message, StringComparison.Ordinal);

    private static TrainerOptions Run(int steps, int warmup, double peak, int evaluateEvery) => new()
    {
        Folder = "run",
        Steps = steps,
        Schedule = new WarmupLinearDecay { PeakRate = peak, FinalRate = 1e-5, WarmupSteps = warmup, TotalSteps = steps },
        Optimizer = new AdamOptions { Kind = AdamKind.AdamW, Beta2 = 0.98, WeightDecay = 0.02, DecayMatricesOnly = true },
        ClipNorm = 1,
        EvaluateEvery = evaluateEvery,
        CheckpointEvery = 100,
        ReportEvery = 20,
        Seed = 1,
    };
}
