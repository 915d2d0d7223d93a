using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Data.LittleWorld;
using BrewClip.Models.Clip;
using BrewClip.Models.Whisper;
using BrewClip.Tests.Support;
using BrewClip.Training.LittleWorld;
using BrewClip.Training.LittleWorld.Experiments;

namespace BrewClip.Tests.Training.LittleWorld.Experiments;

/// <summary>Two small corpora whose voices hum their moods, and two towers that have learnt nothing.</summary>
public sealed class ToyExperiment : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToyExperiment()
    {
        (string, SpeakingStyle, ulong)[] corpora = [("scripted", SpeakingStyle.Scripted, 5), ("spontaneous", SpeakingStyle.Spontaneous, 6)];
        foreach (var (name, style, seed) in corpora)
        {
            var options = new LittleWorldOptions
            {
                Images = 48,
                Seed = seed,
                Style = style,
                ImageSize = 16,
                HeldOutShare = 0.25,
                TwinShare = 1,
            };
            new LittleWorldGenerator(new MoodHum()).GenerateAsync(_folder[name], options).GetAwaiter().GetResult();
        }

        var captions = new BrewClip.Data.Flickr8k.Flickr8kDataset(_folder["scripted"]).Read(DatasetSplit.Train).ToList();
        var clipWords = LittleWorldVocabularies.Clip(captions);
        var clipTokenizer = new ClipTokenizer(clipWords);
        using (var clip = ClipModel.Create(SmallModels.ClipShape(clipTokenizer.VocabularySize, clipTokenizer.EndOfText), 3))
        {
            clip.Save(Models("clip-nano"));
            HubVocabularyWriter.Save(clipWords, Models("clip-nano"));
            new ClipImageProcessorConfig { Size = 16 }.Save(Models("clip-nano"));
        }

        var whisperWords = LittleWorldVocabularies.Whisper(captions);
        using var whisper = WhisperModel.Create(SmallModels.WhisperShape(new WhisperTokenizer(whisperWords).VocabularySize), 3);
        whisper.Save(Models("whisper-nano"));
        HubVocabularyWriter.Save(whisperWords, Models("whisper-nano"));
    }

    public string this[string name] => _folder[name];

    public ExperimentOptions Options(string results) => new()
    {
        Models = _folder["models"],
        Folder = _folder[results],
        TestOn = Corpora,
        TrainOn = Corpora,
        Seeds = 2,
        Steps = 2,
        TestCaptions = 2,
        TrainingCaptions = 1,
        Noise = [10],
    };

    public void Dispose() => _folder.Dispose();

    private CorpusFolder[] Corpora => [new("scripted", _folder["scripted"]), new("spontaneous", _folder["spontaneous"])];

    private string Models(string name) => _folder["models", name];

    // Each mood at its own pitch, so that a probe has something to find.
    private sealed class MoodHum : ISpeechSynthesizer
    {
        public Task<AudioClip> SpeakAsync(string text, Speaker speaker, Mood mood, CancellationToken cancellation)
        {
            float[] samples = [.. Enumerable.Range(0, 3200 + 10 * text.Length)
                .Select(i => 0.1f * MathF.Sin(i * (0.1f + 0.2f * (int)mood)) + 0.01f * MathF.Sin(i * speaker.Pitch * 0.01f))];
            return Task.FromResult(new AudioClip(samples, 16_000));
        }
    }
}
