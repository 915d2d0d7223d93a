using System.Numerics.Tensors;
using BrewClip.Core.Audio;
using BrewClip.Core.Retrieval;
using BrewClip.Models.Brew;

namespace BrewClip.Cli.Demo;

/// <summary>What a model answered to one query.</summary>
/// <param name="Name">The query's id, or the recording's file name.</param>
/// <param name="Recording">The recording's path.</param>
/// <param name="Said">What was really said; null where nobody knows.</param>
/// <param name="Expected">The path of the picture that was asked for; null where nobody knows.</param>
/// <param name="Heard">The embedding with its transcript.</param>
/// <param name="Hits">The best pictures, their ids being paths.</param>
/// <param name="Map">Where the model looked in the best picture.</param>
internal sealed record DemoAnswer(
    string Name, string Recording, string? Said, string? Expected, SpeechEmbedding Heard, IReadOnlyList<SearchHit> Hits, AttentionMap Map)
{
    /// <summary>Whether the first picture is the one that was asked for; null where nobody knows.</summary>
    public bool? IsRight => Expected is null ? null : Hits[0].Id == Expected;
}

/// <summary>What one variant did.</summary>
/// <param name="Variant">Which.</param>
/// <param name="SpeechToImage">Recall at 1, 5 and 10, 0 to 1.</param>
/// <param name="ImageToSpeech">The same of pictures that look for their query.</param>
/// <param name="TwinMargins">By how much each query is nearer to its picture than to the picture's twin; null where there is no
/// twin.</param>
internal sealed record DemoFigures(
    BrewClipVariant Variant, IReadOnlyList<double> SpeechToImage, IReadOnlyList<double> ImageToSpeech, IReadOnlyList<double?> TwinMargins)
{
    /// <summary>How many of the queries for twins are nearer to their own picture, and of how many.</summary>
    public (int Right, int All) Twins => (TwinMargins.Count(margin => margin > 0), TwinMargins.Count(margin => margin is not null));
}

/// <summary>Asks the models the demo's queries.</summary>
internal sealed class DemoRun(DemoModels models, DemoSet set)
{
    private const int Top = 3;

    private IReadOnlyList<string?>? _transcripts;

    /// <summary>The answers of the best variant.</summary>
    public IReadOnlyList<DemoAnswer> Ask(CancellationToken cancellation)
    {
        var clips = set.Queries.Select(query => AudioClip.Load(query.AudioPath!)).ToList();
        return Answer(clips, [.. set.Queries
            .Select(query => (query.Id, query.AudioPath!, query.Caption, (string?)set.Images[set.ImageOf(query)]))], cancellation);
    }

    /// <summary>The answer of the best variant to a recording.</summary>
    public DemoAnswer Ask(string recording, CancellationToken cancellation) =>
        Answer([AudioClip.Load(recording)], [(Path.GetFileName(recording), recording, null, null)], cancellation)[0];

    /// <summary>
    /// Recall of every variant; transcripts are taken from the answers, so that <see cref="Ask(CancellationToken)"/> comes first.
    /// </summary>
    public IEnumerable<DemoFigures> Measure(CancellationToken cancellation)
    {
        var clips = set.Queries.Select(query => AudioClip.Load(query.AudioPath!)).ToList();
        int[] expected = [.. set.Queries.Select(set.ImageOf)];
        foreach (var model in models.Variants)
        {
            float[][] images = [.. model.EncodeImages(set.Pictures, cancellation: cancellation)];
            var heard = model.EncodeSpeech(clips, _transcripts, cancellation: cancellation);
            float[] queries = [.. heard.SelectMany(speech => speech.Vector.ToArray())];

            // Pictures that nobody asks for can be found by mistake, but find no speech themselves.
            var forward = RecallAtK.Compute(
                queries, [.. images.SelectMany(image => image)], expected, model.Dimensions, cancellationToken: cancellation);
            var backward = RecallAtK.ComputePairs(
                queries, [.. expected.SelectMany(image => images[image])], [.. expected.Select(image => set.Images[image])],
                    model.Dimensions, cancellationToken: cancellation);
            yield return new DemoFigures(model.Config.Variant, forward.QueryToImage, backward.ImageToQuery, TwinMargins(heard, images));
        }
    }

    private List<double?> TwinMargins(IReadOnlyList<SpeechEmbedding> heard, float[][] images) =>
    [
        .. set.Queries.Zip(heard, (query, speech) => set.TwinOf(query) is { } twin
            ? TensorPrimitives.Dot(speech.Vector.Span, images[set.ImageOf(query)]) - TensorPrimitives.Dot(speech.Vector.Span, images[twin])
            : (double?)null),
    ];

    private List<DemoAnswer> Answer(
        List<AudioClip> clips, IReadOnlyList<(string Name, string Path, string? Said, string? Expected)> queries,
            CancellationToken cancellation)
    {
        var model = models.Best;
        using var index = new EmbeddingIndex(model.Dimensions);
        foreach (var (path, vector) in set.Images.Zip(model.EncodeImages(set.Pictures, cancellation: cancellation)))
        {
            index.Add(path, vector);
        }

        var heard = model.EncodeSpeech(clips, cancellation: cancellation);
        _transcripts = model.Config.HasPipeline ? [.. heard.Select(speech => speech.Transcript)] : null;
        var answers = new List<DemoAnswer>(clips.Count);
        for (int i = 0; i < clips.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var hits = index.Search(heard[i].Vector.Span, Top, cancellation);
            var picture = set.Pictures[set.Images.Index().First(item => item.Item == hits[0].Id).Index];
            var map = model.MapAttention(clips[i], picture, model.Config.HasPipeline ? heard[i].Transcript : null, cancellation);
            var (name, path, said, expected) = queries[i];
            answers.Add(new DemoAnswer(name, path, said, expected, heard[i], hits, map));
        }

        return answers;
    }
}
