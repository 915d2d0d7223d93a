using System.Numerics.Tensors;
using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Core.Text;
using BrewClip.Data;
using BrewClip.Models.Brew;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld;

/// <summary>
/// The paper's comparisons on Little World: every variant on every corpus, with transcripts and with what was really said; and the
/// question that the paper leaves open: whether the acoustic channel tells apart what the words do not, the moods.
/// </summary>
/// <param name="corpora">What is evaluated on.</param>
/// <param name="progress">Told what is being measured.</param>
public sealed class LittleWorldExperiment(IReadOnlyList<ExperimentCorpus> corpora, IProgress<string>? progress = null)
{
    private const int Batch = 64;

    private readonly Dictionary<string, string[]> _transcripts = new(StringComparer.Ordinal);

    /// <summary>Measures one model.</summary>
    /// <param name="model">Any variant. The caller keeps it.</param>
    /// <param name="cancellation">Ends the measurement early.</param>
    /// <returns>A row for each corpus and each kind of text.</returns>
    public IEnumerable<ExperimentRow> Measure(BrewClipModel model, CancellationToken cancellation = default)
    {
        foreach (var corpus in corpora)
        {
            if (!model.Config.HasPipeline)
            {
                yield return Measure(model, corpus, "none", null, cancellation);
                continue;
            }

            yield return Measure(model, corpus, "transcripts", Transcripts(model, corpus, cancellation), cancellation);
            yield return Measure(model, corpus, "captions", [.. corpus.Captions.Select(caption => caption.Caption!)], cancellation);
        }
    }

    private ExperimentRow Measure(BrewClipModel model, ExperimentCorpus corpus, string kind, string[]? texts, CancellationToken cancellation)
    {
        progress?.Report($"{corpus.Name}, {model.Config.Variant}, {kind}: {corpus.Captions.Count} utterances");
        var images = Images(model, corpus, cancellation);
        var speech = Speech(model, corpus, texts, cancellation);
        var result = RetrievalEvaluator.Evaluate(
            RetrievalEmbeddings.FromPairs(
                model.Dimensions, corpus.Captions.Zip(speech, (caption, vector) => (caption.Id, vector, caption.ImageId, images[caption.ImageId]))),
            cancellation: cancellation);
        return new ExperimentRow
        {
            Corpus = corpus.Name,
            Variant = model.Config.Variant,
            Text = kind,
            Utterances = result.Utterances,
            Images = result.Images,
            Recalls = result.Recalls,
            MoodAccuracy = Moods(corpus, images, speech),
            WordErrorRate = kind == "transcripts" ? Errors(corpus, texts!) : null,
        };
    }

    // Transcripts depend on Whisper alone, which all variants share.
    private string[] Transcripts(BrewClipModel model, ExperimentCorpus corpus, CancellationToken cancellation)
    {
        if (!_transcripts.TryGetValue(corpus.Name, out string[]? known))
        {
            progress?.Report($"{corpus.Name}: transcribing {corpus.Captions.Count} utterances");
            known = [.. corpus.Captions.Chunk(Batch).SelectMany(chunk => model.EncodeSpeech(Clips(chunk), cancellation: cancellation)).Select(speech => speech.Transcript)];
            _transcripts.Add(corpus.Name, known);
        }

        return known;
    }

    private static Dictionary<string, float[]> Images(BrewClipModel model, ExperimentCorpus corpus, CancellationToken cancellation)
    {
        var paths = corpus.Captions.DistinctBy(caption => caption.ImageId).ToList();
        return paths.Chunk(Batch)
            .SelectMany(chunk => chunk.Zip(model.EncodeImages([.. chunk.Select(caption => RgbImage.Load(caption.ImagePath))], cancellation: cancellation)))
            .ToDictionary(item => item.First.ImageId, item => item.Second, StringComparer.Ordinal);
    }

    private static List<float[]> Speech(BrewClipModel model, ExperimentCorpus corpus, string[]? texts, CancellationToken cancellation)
    {
        var vectors = new List<float[]>(corpus.Captions.Count);
        foreach (var chunk in corpus.Captions.Index().Chunk(Batch))
        {
            var clips = Clips([.. chunk.Select(item => item.Item)]);
            var known = texts is null ? null : chunk.Select(item => (string?)texts[item.Index]).ToList();
            vectors.AddRange(model.EncodeSpeech(clips, known, cancellation: cancellation).Select(speech => speech.Vector.ToArray()));
        }

        return vectors;
    }

    private static List<AudioClip> Clips(IReadOnlyList<SpokenImageCaption> captions) => [.. captions.Select(caption => AudioClip.Load(caption.AudioPath!))];

    // Both ways round, a pair gives as many decisions as both images have captions; a pair is drawn as a whole.
    private static BootstrapInterval? Moods(ExperimentCorpus corpus, Dictionary<string, float[]> images, List<float[]> speech)
    {
        var twinOf = corpus.Twins.SelectMany(pair => ((string, string)[])[(pair.Image, pair.Twin), (pair.Twin, pair.Image)])
            .GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.First().Item2, StringComparer.Ordinal);
        var decisions = new List<double>();
        var pairs = new List<string>();
        foreach (var (caption, vector) in corpus.Captions.Zip(speech))
        {
            if (twinOf.TryGetValue(caption.ImageId, out string? twin))
            {
                float own = TensorPrimitives.CosineSimilarity<float>(vector, images[caption.ImageId]);
                float other = TensorPrimitives.CosineSimilarity<float>(vector, images[twin]);
                decisions.Add(own > other ? 1 : own == other ? 0.5 : 0);
                pairs.Add(string.CompareOrdinal(caption.ImageId, twin) < 0 ? caption.ImageId : twin);
            }
        }

        return decisions.Count == 0 ? null : BootstrapInterval.ComputeClustered(decisions, pairs);
    }

    private static double Errors(ExperimentCorpus corpus, string[] transcripts)
    {
        var normalizer = new EnglishTextNormalizer();
        return WordErrorRate.Sum(corpus.Captions.Zip(
            transcripts, (caption, text) => WordErrorRate.Compute(normalizer.Normalize(caption.Caption!), normalizer.Normalize(text)))).Rate;
    }
}
