using BrewClip.Tests.Support;
using BrewClip.Training.Evaluation;

namespace BrewClip.Tests.Training.Evaluation;

public sealed class RetrievalEvaluatorTests
{
    [Theory]
    [InlineData(40, 5, 7)]
    [InlineData(13, 1, 3)]
    public void Recalls_equal_a_brute_force_count(int images, int captions, int dimensions)
    {
        var embeddings = Random(images, captions, dimensions);
        var result = RetrievalEvaluator.Evaluate(embeddings);
        foreach (var recall in result.Recalls)
        {
            var (forward, backward) = BruteForce(embeddings, recall.Cutoff);
            Assert.Equal(forward, recall.SpeechToImage.Mean, 1e-12);
            Assert.Equal(backward, recall.ImageToSpeech.Mean, 1e-12);
            Assert.Equal((forward + backward) / 2, recall.Mean, 1e-12);
            Assert.InRange(forward, recall.SpeechToImage.Low, recall.SpeechToImage.High);
        }

        Assert.Equal([1, 5, 10], result.Recalls.Select(recall => recall.Cutoff));
        Assert.Equal(100 * result.Recalls[1].SpeechToImage.Mean, result.ToFigures().SpeechToImage.At5, 1e-9);
    }

    [Fact]
    public void Pairs_of_one_image_count_it_once()
    {
        float[] a = [1, 0], b = [0, 1];
        var embeddings = RetrievalEmbeddings.FromPairs(2, [("u1", a, "x", a), ("u2", a, "x", a), ("u3", b, "y", b)]);
        var result = RetrievalEvaluator.Evaluate(embeddings);
        Assert.Equal((3, 2), (result.Utterances, result.Images));
        Assert.Equal(1, result.Recalls[0].SpeechToImage.Mean);
        Assert.Equal(1, result.Recalls[0].ImageToSpeech.Mean);
    }

    [Fact]
    public void Images_without_utterances_stay_in_the_gallery_as_distractors_and_count_as_missed()
    {
        var embeddings = new RetrievalEmbeddings
        {
            Dimensions = 2,
            UtteranceIds = ["u"],
            Utterances = [1, 0],
            ImageOfUtterance = ["far"],
            ImageIds = ["near", "far"],
            Images = [1, 0, 0.5f, 0.5f],
        };
        var result = RetrievalEvaluator.Evaluate(embeddings, [1, 2]);
        Assert.Equal(0, result.Recalls[0].SpeechToImage.Mean);
        Assert.Equal(1, result.Recalls[1].SpeechToImage.Mean);
        Assert.Equal(0.5, result.Recalls[0].ImageToSpeech.Mean);
        Assert.Throws<InvalidOperationException>(() => result.ToFigures());
    }

    [Fact]
    public void An_image_that_is_missing_or_there_twice_is_refused_by_its_id()
    {
        var good = Random(3, 1, 2);
        Assert.Contains("'lost'", Assert.Throws<ArgumentException>(
            () => RetrievalEvaluator.Evaluate(good with { ImageOfUtterance = ["0", "lost", "2"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'0'", Assert.Throws<ArgumentException>(
            () => RetrievalEvaluator.Evaluate(good with { ImageIds = ["0", "0", "2"] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RetrievalEmbeddings.FromPairs(2, [("u", [1f], "x", [1f, 2f])]));
    }

    private static RetrievalEmbeddings Random(int images, int captions, int dimensions) => new()
    {
        Dimensions = dimensions,
        UtteranceIds = [.. Enumerable.Range(0, images * captions).Select(i => $"u{i}")],
        Utterances = FormulaWeights.Uniform("utterances", images * captions * dimensions),
        ImageOfUtterance = [.. Enumerable.Range(0, images * captions).Select(i => $"{i % images}")],
        ImageIds = [.. Enumerable.Range(0, images).Select(i => $"{i}")],
        Images = FormulaWeights.Uniform("images", images * dimensions),
    };

    // By sorting whole lists, ties by position.
    private static (double Forward, double Backward) BruteForce(RetrievalEmbeddings e, int cutoff)
    {
        double Similarity(int utterance, int image)
        {
            var u = e.Utterances.AsSpan(utterance * e.Dimensions, e.Dimensions);
            var v = e.Images.AsSpan(image * e.Dimensions, e.Dimensions);
            double dot = 0, uu = 0, vv = 0;
            for (int i = 0; i < u.Length; i++)
            {
                dot += (double)u[i] * v[i];
                uu += (double)u[i] * u[i];
                vv += (double)v[i] * v[i];
            }

            return dot / Math.Sqrt(uu * vv);
        }

        int[] images = [.. Enumerable.Range(0, e.ImageIds.Count)], utterances = [.. Enumerable.Range(0, e.UtteranceIds.Count)];
        int forward = utterances.Count(
            u => images.OrderByDescending(i => Similarity(u, i)).Take(cutoff).Any(i => e.ImageIds[i] == e.ImageOfUtterance[u]));
        int backward = images.Count(
            i => utterances.OrderByDescending(u => Similarity(u, i)).Take(cutoff).Any(u => e.ImageIds[i] == e.ImageOfUtterance[u]));
        return ((double)forward / utterances.Length, (double)backward / images.Length);
    }
}
