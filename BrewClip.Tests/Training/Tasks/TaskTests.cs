using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data.Caches;
using BrewClip.Data.Loading;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training;
using BrewClip.Training.Logging;
using BrewClip.Training.Schedules;
using BrewClip.Training.Tasks;
using static TorchSharp.torch;

namespace BrewClip.Tests.Training.Tasks;

[Collection(RandomStateCollection.Name)]
public sealed class TaskTests
{
    [Fact]
    public void CLIP_learns_a_toy_corpus_from_nothing_and_the_best_loads_as_any_model()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        var tokenizer = ToyCorpus.ClipTokenizer();
        using var model = ClipModel.Create(SmallModels.ClipShape(tokenizer.VocabularySize, tokenizer.EndOfText), 1);
        var source = new ImageTextSource(captions, tokenizer, new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 }), 24);
        var outcome = Train(new ClipPretraining(model, source, source), source, folder["run"], 60, 8, distinct: true);
        Assert.True(outcome.Best > 0.95, $"recall {outcome.Best}");
        Assert.InRange(model.LogitScale, 1, 100.001f);

        using var loaded = ClipModel.Load(folder["run", "best"]);
        Assert.Equal(tokenizer.Encode("all red"), ClipTokenizer.Load(folder["run", "best"]).Encode("all red"));
        Assert.Equal(16, ClipImageProcessor.Load(folder["run", "best"]).Size);
    }

    [Fact]
    public void Whisper_learns_to_transcribe_a_toy_corpus_from_nothing()
    {
        using var folder = new TemporaryFolder();
        var (model, source) = ToyWhisper(folder, width: 32);
        using var _ = model;
        AssertLearnsToTranscribe(new WhisperPretraining(model, source, source), source, folder["run"], model.Config);
    }

    [Fact]
    public void The_encoder_learns_to_place_the_words_beside_the_decoder_and_the_saved_model_is_as_any()
    {
        using var folder = new TemporaryFolder();
        var (model, source) = ToyWhisper(folder, width: 32);
        using var _ = model;
        var task = new WhisperPretraining(
            model, source, source, new WhisperPretrainingOptions { AlignmentWeight = 0.5, FullWindowShare = 0.5 });
        var examples = Examples(source, source.Count);
        double before = task.Backward([examples])["alignment"];
        Assert.Equal(2, task.Parameters.Count(item => item.Name.StartsWith("alignment.", StringComparison.Ordinal)));
        AssertLearnsToTranscribe(task, source, folder["run"], model.Config);
        double after = task.Backward([examples])["alignment"];
        Assert.True(after < 0.1 * before, $"alignment {before} became {after}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Whispers_gradients_do_not_depend_on_how_a_step_is_cut(double alignment)
    {
        using var folder = new TemporaryFolder();
        var (model, source) = ToyWhisper(folder);
        using var _ = model;
        var task = new WhisperPretraining(
            model, source, null, new WhisperPretrainingOptions { LabelSmoothing = 0.1, AlignmentWeight = alignment });
        var examples = Examples(source, 6);
        var whole = Gradients(task, [examples]);
        var parts = Gradients(task, [examples[..1], examples[1..4], examples[4..]]);
        Assert.All(whole.Zip(parts), pair => Assert.InRange(pair.Second, pair.First - 1e-6, pair.First + 1e-6));
    }

    [Theory]
    [InlineData(BrewClipVariant.Full, true, true)]
    [InlineData(BrewClipVariant.Full, false, false)]
    [InlineData(BrewClipVariant.AcousticOnly, true, false)]
    [InlineData(BrewClipVariant.PipelinePrompted, false, true)]
    public void BrewCLIP_learns_from_cached_features_over_frozen_towers(BrewClipVariant variant, bool maskPadding, bool visionPrompts)
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var toy = new ToyBrewClip(folder, variant, maskPadding, visionPrompts);
        using var frames = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(maskPadding));
        using var images = FeatureCache.Open(folder["caches"], "images", "clip", "", FeaturePrecision.Float32);
        using var transcripts = TranscriptCache.Open(folder["caches"], "whisper", "given");
        FrameCaching.Run(captions, frames, toy.Whisper.Encoder, maskPadding);
        ImageCaching.Run(captions, images, toy.Clip.Vision, toy.Processor);
        TranscriptCaching.Run(captions, transcripts, clips => [.. clips.Select(clip => $"all {clip.Samples.Length}")]);
        Assert.Equal((16, 8, 16), (frames.Count, images.Count, transcripts.Count));
        var features = new FrozenFeatures { Frames = frames, Transcripts = null, Images = visionPrompts ? null : images };
        var source = new SpeechImageSource(captions, features, toy.ClipTokenizer, toy.Processor, 24);
        var task = new BrewClipTraining(toy.Network, toy.Whisper.Config, source, source);
        var frozen = toy.FrozenWeights();
        var outcome = Train(task, source, folder["run"], 80, 8, distinct: true);
        Assert.True(outcome.Best > 0.7, $"recall {outcome.Best}");
        Assert.Equal(frozen, toy.FrozenWeights());
        Assert.Equal(toy.Network.Config, BrewClipConfig.Load(folder["run", "best"]));
    }

    [Fact]
    public void Two_thousand_steps_over_cached_features_leave_neither_tensors_nor_memory_behind()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: false);
        using var frames = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: true));
        using var images = FeatureCache.Open(folder["caches"], "images", "clip", "", FeaturePrecision.Float32);
        FrameCaching.Run(captions, frames, toy.Whisper.Encoder, validOnly: true);
        ImageCaching.Run(captions, images, toy.Clip.Vision, toy.Processor);
        var source = new SpeechImageSource(
            captions, new FrozenFeatures { Frames = frames, Images = images }, toy.ClipTokenizer, toy.Processor, 24);
        var task = new BrewClipTraining(toy.Network, toy.Whisper.Config, source, source);
        using var loader = new BatchLoader<SpeechImageExample>(source, new BatchLoaderOptions { BatchSize = 4, Seed = 1 });
        var options =
            new TrainerOptions { Folder = folder["run"], Steps = 2_200, EvaluateEvery = 1_000, CheckpointEvery = 1_000, ReportEvery = 200 };
        var memory = new MemoryAt(200, 2_200);
        new Trainer<SpeechImageExample>(task, loader, options, memory).Run();
        memory.AssertSteady(200, 2_200);
    }

    [Fact]
    public void Four_parts_of_a_step_give_BrewCLIP_the_gradients_of_one()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: true);
        using var frames = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: true));
        FrameCaching.Run(captions, frames, toy.Whisper.Encoder, validOnly: true);
        var source = new SpeechImageSource(captions, new FrozenFeatures { Frames = frames }, toy.ClipTokenizer, toy.Processor, 24);
        var task = new BrewClipTraining(toy.Network, toy.Whisper.Config, source);
        var examples = Examples(source, 12);
        var whole = Gradients(task, [examples]);
        var parts = Gradients(task, [examples[..3], examples[3..4], examples[4..9], examples[9..]]);
        double scale = whole.Max(MathF.Abs);
        Assert.All(whole.Zip(parts), pair => Assert.InRange(pair.Second, pair.First - 1e-5 * scale, pair.First + 1e-5 * scale));
    }

    [Fact]
    public void A_recording_that_cannot_be_transcribed_is_recorded_with_its_reason_and_left_out_of_training()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        File.WriteAllText(captions[3].AudioPath!, "no sound");
        using var transcripts = TranscriptCache.Open(folder["caches"], "whisper", "given");
        int calls = 0;
        TranscriptCaching.Run(captions, transcripts, clips =>
        {
            calls++;
            return clips.Any(clip => clip.Samples.Length == 10_000 && calls < 12)
                ? throw new InvalidDataException("it is damaged")
                : [.. clips.Select(_ => "red")];
        });
        Assert.Equal(16, transcripts.Count);
        var failures = captions.Select(caption => transcripts.Find(ContentHash.OfFile(caption.AudioPath!))!.Failure)
            .Where(failure => failure is not null).ToList();
        Assert.Contains("it is damaged", failures);
        Assert.Contains(failures, failure => failure!.Contains("green_1.wav", StringComparison.Ordinal));
        var source = new SpeechImageSource(
            captions, new FrozenFeatures { Transcripts = transcripts }, ToyCorpus.ClipTokenizer(),
            new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 }), 24);
        var error = Assert.Throws<InvalidDataException>(() => source.Load(3, new BrewClip.Data.DeterministicRandom(0)));
        Assert.Contains("could not be transcribed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_too_loud_to_compute_with_costs_its_own_frames_alone()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        ToyCorpus.WriteLoud(captions[2].AudioPath!);
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: true, visionPrompts: false);
        using var frames = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: true));
        var problems = new List<(string Path, string Reason)>();
        FrameCaching.Run(captions, frames, toy.Whisper.Encoder, validOnly: true, problem: (path, reason) => problems.Add((path, reason)));
        Assert.Equal((15, captions[2].AudioPath), (frames.Count, Assert.Single(problems).Path));
    }

    [Fact]
    public void Transcripts_that_are_not_as_many_as_recordings_are_a_fault_of_the_program_and_no_recording_is_blamed()
    {
        using var folder = new TemporaryFolder();
        var captions = ToyCorpus.Write(folder);
        using var transcripts = TranscriptCache.Open(folder["caches"], "whisper", "given");
        Assert.Throws<ArgumentException>(() => TranscriptCaching.Run(captions, transcripts, clips => ["one alone"]));
        Assert.Equal(0, transcripts.Count);
    }

    [Fact]
    public void Frames_of_the_wrong_kind_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var toy = new ToyBrewClip(folder, BrewClipVariant.Full, maskPadding: false, visionPrompts: false);
        using var frames = FeatureCache.Open(folder["caches"], FrameCaching.Kind, "whisper", FrameCaching.Options(validOnly: true));
        var source = new SpeechImageSource(
            ToyCorpus.Write(folder), new FrozenFeatures { Frames = frames }, toy.ClipTokenizer, toy.Processor, 24);
        var error = Assert.Throws<ArgumentException>(() => new BrewClipTraining(toy.Network, toy.Whisper.Config, source));
        Assert.Contains("mask_padding", error.Message, StringComparison.Ordinal);
    }

    // The examples' files lie in the folder; the caller disposes the model.
    private static (WhisperModel Model, SpeechTextSource Source) ToyWhisper(TemporaryFolder folder, int? width = null)
    {
        var captions = ToyCorpus.Write(folder);
        var tokenizer = ToyCorpus.WhisperTokenizer();
        var shape = SmallModels.WhisperShape(tokenizer.VocabularySize);
        shape = width is { } wide ? shape with { Width = wide, EncoderFeedForward = 2 * wide, DecoderFeedForward = 2 * wide } : shape;
        return (WhisperModel.Create(shape, 1), new SpeechTextSource(captions, tokenizer, shape));
    }

    private static void AssertLearnsToTranscribe(WhisperPretraining task, SpeechTextSource source, string folder, WhisperConfig shape)
    {
        var outcome = Train(task, source, folder, 150, 16, distinct: false);
        Assert.True(outcome.Best < 0.1, $"word error rate {outcome.Best}");
        using var loaded = WhisperModel.Load(Path.Combine(folder, "best"));
        Assert.Equal(shape, loaded.Config);
    }

    private static List<TExample> Examples<TExample>(IExampleSource<TExample> source, int count) =>
        [.. Enumerable.Range(0, count).Select(i => source.Load(i, new BrewClip.Data.DeterministicRandom(0)))];

    private static TrainingOutcome Train<TExample>(
        ITrainingTask<TExample> task, IExampleSource<TExample> source, string folder, int steps, int batch, bool distinct)
    {
        using var loader = new BatchLoader<TExample>(
            source, new BatchLoaderOptions { BatchSize = batch, DistinctGroups = distinct, Seed = 1 });
        var options = new TrainerOptions
        {
            Folder = folder,
            Steps = steps,
            Schedule = new WarmupLinearDecay { PeakRate = 5e-3, WarmupSteps = 10, TotalSteps = steps },
            EvaluateEvery = steps / 2,
            ClipNorm = 1,
        };
        return new Trainer<TExample>(task, loader, options).Run();
    }

    private static float[] Gradients<TExample>(ITrainingTask<TExample> task, IReadOnlyList<IReadOnlyList<TExample>> parts)
    {
        using var scope = NewDisposeScope();
        foreach (var (_, parameter) in task.Parameters)
        {
            parameter.grad?.zero_();
        }

        task.Backward(parts);
        return [.. task.Parameters.SelectMany(item => item.Parameter.grad!.data<float>().ToArray())];
    }
}
