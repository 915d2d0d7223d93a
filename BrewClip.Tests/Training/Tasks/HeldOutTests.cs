using System.Globalization;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Tasks;

[Collection(RandomStateCollection.Name)]
public sealed class HeldOutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<SpokenImageCaption> _captions;

    public HeldOutTests() => _captions = ToyCorpus.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_held_out_picture_that_is_damaged_is_left_out_of_CLIPs_evaluation_and_counted()
    {
        File.WriteAllText(_captions[2].ImagePath, "no picture");
        var tokenizer = ToyCorpus.ClipTokenizer();
        using var model = ClipModel.Create(SmallModels.ClipShape(tokenizer.VocabularySize, tokenizer.EndOfText), 1);
        var results = Clip(model, _captions).Evaluate(CancellationToken.None);
        Assert.Equal(2, results["left_out"]);
        Assert.InRange(results["recall_mean"], 0.01, 1);

        var none = Clip(model, [.. _captions.Where(caption => caption.ImagePath == _captions[2].ImagePath)]);
        var error = Assert.Throws<InvalidDataException>(() => none.Evaluate(CancellationToken.None));
        Assert.Contains("None of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_out_recording_that_is_damaged_or_too_long_is_left_out_of_Whispers_evaluation_and_counted()
    {
        File.WriteAllText(_captions[3].AudioPath!, "no sound");
        WaveFileWriter.Write(_captions[4].AudioPath!, new AudioClip(new float[20_000], 16_000));
        using var model = WhisperModel.Create(SmallModels.WhisperShape(ToyCorpus.WhisperTokenizer().VocabularySize), 1);
        var results = Whisper(model).Evaluate(CancellationToken.None);
        Assert.Equal(2, results["left_out"]);
        Assert.True(double.IsFinite(results["word_error_rate"]));
    }

    [Fact]
    public void The_held_out_loss_does_not_depend_on_how_many_are_looked_at_together()
    {
        using var model = WhisperModel.Create(SmallModels.WhisperShape(ToyCorpus.WhisperTokenizer().VocabularySize), 1);
        double together = Whisper(model, batch: 16).Evaluate(CancellationToken.None)["held_out_loss"];
        Assert.Equal(together, Whisper(model, batch: 5).Evaluate(CancellationToken.None)["held_out_loss"], 1e-5);
    }

    [Fact]
    public void A_checkpoints_fingerprint_is_the_same_under_every_culture()
    {
        var tokenizer = ToyCorpus.ClipTokenizer();
        using var clip = ClipModel.Create(SmallModels.ClipShape(tokenizer.VocabularySize, tokenizer.EndOfText), 1);
        using var whisper = WhisperModel.Create(SmallModels.WhisperShape(ToyCorpus.WhisperTokenizer().VocabularySize), 1);
        using var toy = new ToyBrewClip(_folder, BrewClipVariant.PipelinePrompted, maskPadding: false, visionPrompts: true);
        var source = new SpeechImageSource(_captions, new FrozenFeatures(), toy.ClipTokenizer, toy.Processor, 24);
        string[] Fingerprints() =>
        [
            Clip(clip, _captions, new ClipPretrainingOptions { LargestLogitScale = 99.5 }).Fingerprint,
            Whisper(whisper, smoothing: 0.1).Fingerprint,
            new BrewClipTraining(toy.Network, toy.Whisper.Config, source).Fingerprint,
        ];
        string[] expected = Fingerprints();
        Assert.Equal($"clip-pretraining {clip.Config} Masked 99.5", expected[0]);
        Assert.Equal($"whisper-pretraining {whisper.Config} 0.1 0 0", expected[1]);
        Assert.Equal($"brewclip {toy.Network.Config with { Whisper = "-", Clip = "-" }} Masked 0.1 100", expected[2]);
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(expected, Fingerprints());
            Assert.Equal("0,5", 0.5.ToString(CultureInfo.CurrentCulture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ClipPretraining Clip(
        ClipModel model, IReadOnlyList<SpokenImageCaption> captions, ClipPretrainingOptions? options = null)
    {
        var processor = new ClipImageProcessor(new ClipImageProcessorConfig { Size = 16 });
        var source = new ImageTextSource(captions, ToyCorpus.ClipTokenizer(), processor, 24);
        return new ClipPretraining(model, source, source, options);
    }

    private WhisperPretraining Whisper(WhisperModel model, int batch = 4, double smoothing = 0)
    {
        var source = new SpeechTextSource(_captions, ToyCorpus.WhisperTokenizer(), model.Config);
        var options = new WhisperPretrainingOptions { EvaluationBatch = batch, LabelSmoothing = smoothing };
        return new WhisperPretraining(model, source, source, options);
    }
}
