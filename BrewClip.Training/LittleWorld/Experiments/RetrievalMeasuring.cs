using System.Numerics.Tensors;
using BrewClip.Core.Retrieval;
using BrewClip.Models.Brew;
using BrewClip.Training.Evaluation;

namespace BrewClip.Training.LittleWorld.Experiments;

/// <summary>Ranks and mood decisions of a model on a corpus.</summary>
internal static class RetrievalMeasuring
{
    /// <summary>With Whisper's transcripts, and with what was really said; once where the model reads no text.</summary>
    public static IEnumerable<RetrievalMeasurement> Measure(
        BrewClipModel model, ExperimentCaches caches, ExperimentCorpus corpus, CancellationToken cancellation)
    {
        var embedder = new CachedEmbedder(model, caches);
        var images = embedder.Images(corpus, cancellation);
        var acoustic = model.Config.HasAcoustic ? embedder.Acoustic(corpus, cancellation) : null;
        if (!model.Config.HasPipeline)
        {
            yield return Measure(corpus, null, acoustic!, images, cancellation);
            yield break;
        }

        foreach (var text in (PipelineText[])[PipelineText.Transcripts, PipelineText.GroundTruth])
        {
            string[] texts = text == PipelineText.Transcripts
                ? caches.TextsOf(corpus, cancellation)
                : [.. corpus.Captions.Select(caption => caption.Caption!)];
            var speech = CachedEmbedder.Fuse(embedder.Texts(texts, cancellation), acoustic);
            yield return Measure(corpus, text, speech, images, cancellation);
        }
    }

    private static RetrievalMeasurement Measure(
        ExperimentCorpus corpus, PipelineText? text, IReadOnlyList<float[]> speech, Dictionary<string, float[]> images,
            CancellationToken cancellation)
    {
        float[] utterances = [.. speech.SelectMany(vector => vector)];
        float[] gallery = [.. corpus.Captions.SelectMany(caption => images[caption.ImageId])];
        var ranks = RecallAtK.ComputePairs(
            utterances, gallery, [.. corpus.Captions.Select(caption => caption.ImageId)], speech[0].Length,
                cancellationToken: cancellation);
        return new RetrievalMeasurement(corpus.Name, text, ranks.QueryRanks, ranks.ImageRanks, [.. Moods(corpus, speech, images)]);
    }

    private static IEnumerable<double> Moods(ExperimentCorpus corpus, IReadOnlyList<float[]> speech, Dictionary<string, float[]> images)
    {
        foreach (var (utterance, twin, _) in corpus.MoodPairs())
        {
            float own = TensorPrimitives.CosineSimilarity<float>(speech[utterance], images[corpus.Captions[utterance].ImageId]);
            float other = TensorPrimitives.CosineSimilarity<float>(speech[utterance], images[twin]);
            yield return own > other ? 1 : own == other ? 0.5 : 0;
        }
    }
}
