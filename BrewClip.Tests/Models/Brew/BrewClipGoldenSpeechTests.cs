using System.Text.Json;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Models.Brew;
using BrewClip.Tests.Support;

namespace BrewClip.Tests.Models.Brew;

/// <summary>The six utterances of the goldens through the whole model, tokenizers included.</summary>
public sealed class BrewClipGoldenSpeechTests
{
    [SharedTheory("tokenizers/clip/vocab.json", "tokenizers/whisper/multilingual")]
    [InlineData("published")]
    [InlineData("worded")]
    public void Speech_with_given_transcripts_equals_the_reference(string reading)
    {
        using var goldens = new BrewGoldens();
        using var expected = BrewGoldens.Expected(reading);
        var whisper = goldens.Whisper;
        var backbone = new BrewClipBackbone(
            whisper, WhisperTokenizer.Load(TestFiles.InShared("tokenizers/whisper/multilingual"), whisper.Config.VocabularySize),
            goldens.Clip, ClipTokenizer.Load(TestFiles.InShared("tokenizers/clip")),
            new ClipImageProcessor(new ClipImageProcessorConfig { Size = goldens.Clip.Config.Vision.ImageSize }));
        using var network = goldens.Network(reading);
        var model = new BrewClipModel(backbone, network, new BrewClipOptions { SpeechBatchSize = 4, Normalize = false });
        using var json = JsonDocument.Parse(File.ReadAllText(TestFiles.Golden("brew", "brew.json")));
        string[] captions = [.. json.RootElement.GetProperty("captions").EnumerateArray().Select(caption => caption.GetString()!)];
        var speech = model.EncodeSpeech(BrewGoldens.Clips(), captions);
        TensorAssert.Close(expected.ReadFloat32("text_embeds"), Joined(speech, one => one.TextVector!.Value));
        TensorAssert.Close(expected.ReadFloat32("acoustic_embeds"), Joined(speech, one => one.AcousticVector!.Value));
        TensorAssert.Close(expected.ReadFloat32("fused_embeds"), Joined(speech, one => one.Vector));
    }

    private static float[] Joined(IEnumerable<SpeechEmbedding> speech, Func<SpeechEmbedding, ReadOnlyMemory<float>> vector) =>
        [.. speech.SelectMany(one => vector(one).ToArray())];
}
