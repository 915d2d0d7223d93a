using BrewClip.Core.Audio;
using BrewClip.Core.Images;
using BrewClip.Data;
using BrewClip.Models.Brew;

namespace BrewClip.Training.Evaluation;

/// <summary>What the pipeline channel reads.</summary>
public enum PipelineText
{
    /// <summary>Whisper's transcript of the recording.</summary>
    Transcripts,

    /// <summary>The data set's own caption (paper, Table 4).</summary>
    GroundTruth,
}

/// <summary>A data set as a model sees it.</summary>
/// <param name="Embeddings">The vectors.</param>
/// <param name="Captions">For each utterance the data set's caption; empty where it has none.</param>
/// <param name="Transcripts">For each utterance what the pipeline channel read; empty where it read nothing.</param>
public sealed record EmbeddedDataset(RetrievalEmbeddings Embeddings, IReadOnlyList<string> Captions, IReadOnlyList<string> Transcripts)
{
    /// <summary>The utterances with their ranks, for <see cref="TranscriptionAnalysis"/>.</summary>
    public IReadOnlyList<TranscribedQuery> ToQueries(RetrievalResult result) =>
        [.. Embeddings.UtteranceIds.Select((id, i) => new TranscribedQuery(id, Captions[i], Transcripts[i], result.Ranks.QueryRanks[i]))];
}

/// <summary>
/// Embeds a data set with a model, each image once; what cannot be read, or not transcribed, is left out and named, as in the paper.
/// </summary>
/// <param name="model">Any variant; the caller keeps and disposes it.</param>
/// <param name="text">What the pipeline channel reads. Default: transcripts.</param>
public sealed class RetrievalEmbedder(BrewClipModel model, PipelineText text = PipelineText.Transcripts)
{
    private const int BatchSize = 16;

    /// <summary>Embeds all records.</summary>
    /// <param name="captions">A split of a data set, whichever the model was trained on.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Checked at every token and batch.</param>
    /// <exception cref="InvalidDataException">Nothing could be embedded; the first reason is in the message.</exception>
    public EmbeddedDataset Embed(
        IReadOnlyList<SpokenImageCaption> captions, IProgress<BrewClipProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<string> skipped = [], transcripts = [];
        List<SpokenImageCaption> kept = [];
        List<float> utterances = [];
        var images = new Dictionary<string, float[]?>(StringComparer.Ordinal);
        int done = 0;
        foreach (var batch in captions.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            EmbedImages(batch, images, skipped, cancellation);
            foreach (var (caption, speech) in EmbedSpeech(
                [.. batch.Where(caption => images[caption.ImageId] is not null)], skipped, cancellation))
            {
                kept.Add(caption);
                transcripts.Add(speech.Transcript);
                utterances.AddRange(speech.Vector.Span);
            }

            progress?.Report(new BrewClipProgress(done += batch.Length, captions.Count));
        }

        if (kept.Count == 0)
        {
            throw new InvalidDataException(
                $"None of {captions.Count} utterances could be embedded{(skipped.Count > 0 ? $"; the first: {skipped[0]}" : "")}.");
        }

        // An image whose utterances were all left out is left out with them: nothing could find it, and it could find nothing.
        var described = kept.Select(caption => caption.ImageId).ToHashSet(StringComparer.Ordinal);
        var known = images.Where(image => described.Contains(image.Key)).ToList();
        var embeddings = new RetrievalEmbeddings
        {
            Dimensions = model.Dimensions,
            UtteranceIds = [.. kept.Select(caption => caption.Id)],
            Utterances = [.. utterances],
            ImageOfUtterance = [.. kept.Select(caption => caption.ImageId)],
            ImageIds = [.. known.Select(image => image.Key)],
            Images = [.. known.SelectMany(image => image.Value!)],
            Skipped = skipped,
        };
        return new EmbeddedDataset(embeddings, [.. kept.Select(caption => caption.Caption ?? "")], transcripts);
    }

    private void EmbedImages(
        SpokenImageCaption[] batch, Dictionary<string, float[]?> images, List<string> skipped, CancellationToken cancellation)
    {
        var fresh = new List<(string Id, RgbImage Image)>();
        foreach (var caption in batch.Where(caption => !images.ContainsKey(caption.ImageId)).DistinctBy(caption => caption.ImageId))
        {
            if (Try(() => RgbImage.Load(caption.ImagePath), caption.ImageId, skipped) is { } image)
            {
                fresh.Add((caption.ImageId, image));
            }

            images[caption.ImageId] = null;
        }

        var vectors = fresh.Count == 0 ? [] : model.EncodeImages([.. fresh.Select(item => item.Image)], null, cancellation);
        for (int i = 0; i < fresh.Count; i++)
        {
            images[fresh[i].Id] = vectors[i];
        }
    }

    private IEnumerable<(SpokenImageCaption Caption, SpeechEmbedding Speech)> EmbedSpeech(
        IReadOnlyList<SpokenImageCaption> batch, List<string> skipped, CancellationToken cancellation)
    {
        var heard = new List<(SpokenImageCaption Caption, AudioClip Clip)>();
        foreach (var caption in batch)
        {
            if (Try(() => Open(caption), caption.Id, skipped) is { } clip)
            {
                heard.Add((caption, clip));
            }
        }

        if (heard.Count == 0)
        {
            yield break;
        }

        string?[]? given = text == PipelineText.GroundTruth ? [.. heard.Select(item => item.Caption.Caption)] : null;
        var embeddings = model.EncodeSpeech([.. heard.Select(item => item.Clip)], given, null, cancellation);
        for (int i = 0; i < embeddings.Count; i++)
        {
            if (embeddings[i].Status == SpeechStatus.NotTranscribable)
            {
                skipped.Add($"{heard[i].Caption.Id}: {embeddings[i].Failure}");
            }
            else
            {
                yield return (heard[i].Caption, embeddings[i]);
            }
        }
    }

    private AudioClip Open(SpokenImageCaption caption)
    {
        string path = caption.AudioPath ?? throw new InvalidDataException("the record has no recording.");
        if (text == PipelineText.GroundTruth && string.IsNullOrWhiteSpace(caption.Caption))
        {
            throw new InvalidDataException("the record has no caption, and captions were asked for.");
        }

        var clip = AudioClip.Load(path);
        return clip.Samples.Length > 0 ? clip : throw new InvalidDataException($"'{path}' holds 0 samples: nothing to encode.");
    }

    private static T? Try<T>(Func<T> open, string id, List<string> skipped)
        where T : class
    {
        try
        {
            return open();
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            skipped.Add($"{id}: {error.Message}");
            return null;
        }
    }
}
