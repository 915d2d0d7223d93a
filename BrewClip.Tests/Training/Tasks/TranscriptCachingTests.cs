using System.Reflection;
using BrewClip.Core.Audio;
using BrewClip.Data;
using BrewClip.Data.Caches;
using BrewClip.Models.Brew;
using BrewClip.Models.Whisper.Decoding;
using BrewClip.Models.Whisper.Transcription;
using BrewClip.Tests.Support;
using BrewClip.Training.Tasks;

namespace BrewClip.Tests.Training.Tasks;

public sealed class TranscriptCachingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SpokenImageCaption> _captions;

    public TranscriptCachingTests() => _captions = [.. ToyCorpus.Write(_folder)];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<Exception> Passing =>
    [
        new OutOfMemoryException(), new IOException("the disk does not answer"), new OperationCanceledException(),
        new InvalidOperationException("a fault of the program"), new ArgumentException("options contradict each other"),
    ];

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public void What_is_no_fault_of_a_recording_ends_the_run_and_every_recording_is_tried_anew_at_the_next(Exception trouble)
    {
        using var cache = Open("given");
        int batches = 0;
        var thrown = Assert.Throws(trouble.GetType(), () => TranscriptCaching.Run(
            _captions, cache, clips => batches++ == 0 ? Reds(clips) : throw trouble, batch: 6));
        Assert.Same(trouble, thrown);
        Assert.Equal((6, 0), (cache.Count, Failures(cache).Count));

        TranscriptCaching.Run(_captions, cache, Reds, batch: 6);
        Assert.Equal((16, 0), (cache.Count, Failures(cache).Count));
    }

    [Fact]
    public void A_recording_too_loud_to_compute_with_is_a_failure_of_its_own_and_costs_no_other_its_transcript()
    {
        ToyCorpus.WriteLoud(_captions[2].AudioPath!);
        using var cache = Open("given");
        var spectrogram = new LogMelSpectrogram(80);
        TranscriptCaching.Run(_captions, cache, clips =>
        {
            var mel = new float[80 * LogMelSpectrogram.WindowFrames];
            foreach (var clip in clips)
            {
                spectrogram.ComputeWindow(clip.Samples.Span, mel);
            }

            return Reds(clips);
        });
        Assert.Equal(16, cache.Count);
        Assert.Equal(_captions[2].AudioPath, Assert.Single(Failures(cache)));
    }

    [Fact]
    public void Transcripts_of_one_value_of_an_option_are_never_read_for_those_of_another()
    {
        var options = TranscriptionOptions.SpeechQuery;
        string identity = TranscriptCaching.Options(options);
        Assert.Equal(identity, TranscriptCaching.Options(options with { Temperatures = [0], Decoding = new DecodingOptions() }));
        foreach (var property in typeof(TranscriptionOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var changed = options with { };
            property.SetValue(changed, Other(property.PropertyType, property.GetValue(changed)));
            Assert.NotEqual(identity, TranscriptCaching.Options(changed));
        }

        foreach (var property in typeof(DecodingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var changed = options.Decoding with { };
            property.SetValue(changed, Other(property.PropertyType, property.GetValue(changed)));
            Assert.NotEqual(identity, TranscriptCaching.Options(options with { Decoding = changed }));
        }
    }

    [Fact]
    public void A_models_transcripts_are_kept_under_the_values_that_it_decodes_with_and_not_under_their_name()
    {
        FormulaCheckpoint.Write(_folder["model"], BrewClipVariant.PipelineZeroShot);
        using (var named = Open(nameof(TranscriptionOptions.SpeechQuery)))
        {
            named.Add(ContentHash.OfFile(_captions[0].AudioPath!), "from other defaults");
        }

        using var model = BrewClipModel.Load(_folder["model"]);
        using var caches = new FrozenFeatureCaches(_folder["caches"], model.Network, model.Backbone, "whisper", "clip");
        Assert.Equal(0, caches.Features.Transcripts!.Count);
        using var byValues = TranscriptCache.Open(
            _folder["caches"], "whisper", TranscriptCaching.Options(TranscriptionOptions.SpeechQuery), readOnly: true);
        Assert.Equal(2, Directory.GetFiles(_folder["caches"], "transcripts-*.cache").Length);
    }

    private TranscriptCache Open(string options) => TranscriptCache.Open(_folder["caches"], "whisper", options);

    private static string[] Reds(IReadOnlyList<AudioClip> clips) => [.. clips.Select(_ => "red")];

    private List<string> Failures(TranscriptCache cache) => [.. _captions.Select(caption => caption.AudioPath!)
        .Where(path => cache.Find(ContentHash.OfFile(path))?.Failure is not null)];

    // Another value of the same type, whatever it is.
    private static object Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var kind when kind == typeof(bool) => !(bool)value!,
        var kind when kind == typeof(int) => (int)(value ?? 0) + 1,
        var kind when kind == typeof(double) => (double)(value ?? 0.0) + 0.25,
        var kind when kind == typeof(string) => value + "x",
        var kind when kind == typeof(DecodingOptions) => (DecodingOptions)value! with { BeamSize = 3 },
        { IsEnum: true } kind => Enum.GetValues(kind).Cast<object>().First(other => !other.Equals(value)),
        var kind when kind.IsAssignableFrom(typeof(double[])) => (double[])[.. (IEnumerable<double>?)value ?? [], 7],
        var kind when kind.IsAssignableFrom(typeof(int[])) => (int[])[.. (IEnumerable<int>?)value ?? [], 7],
        var kind => throw new ArgumentException($"No other value of {kind} is known."),
    };
}
