using BrewClip.Core.Audio;

namespace BrewClip.Data;

/// <summary>What a data set, or one split of it, amounts to.</summary>
public sealed record DatasetStatistics
{
    private static readonly char[] _spaces = [' ', '\t', '\n', '\r', '\u00A0'];

    /// <summary>Records.</summary>
    public int Utterances { get; init; }

    /// <summary>Different images by id; 0 for a data set without images.</summary>
    public int Images { get; init; }

    /// <summary>Different speakers by id.</summary>
    public int Speakers { get; init; }

    /// <summary>Records that name a recording.</summary>
    public int WithAudio { get; init; }

    /// <summary>Captions per image.</summary>
    public Distribution CaptionsPerImage { get; init; }

    /// <summary>Words per caption, split at white space, empty captions included.</summary>
    public Distribution WordsPerCaption { get; init; }

    /// <summary>Different words, without regard to case.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Captions without a word.</summary>
    public int EmptyCaptions { get; init; }

    /// <summary>Records of each <see cref="Utterance.Label"/>.</summary>
    public IReadOnlyDictionary<string, int> Labels { get; init; } = new Dictionary<string, int>();

    /// <summary>Seconds per recording, of those that could be read; of none where measuring was not asked for.</summary>
    public Distribution AudioSeconds { get; init; }

    /// <summary>Recordings that are missing or could not be read; counted only where measuring was asked for.</summary>
    public int UnreadableAudio { get; init; }

    /// <summary>Counts one split, or everything; faulty rows are left out.</summary>
    /// <param name="dataset">What to count.</param>
    /// <param name="split">Null for everything.</param>
    /// <param name="measureAudio">Open every recording for its length, which takes its time. Default false.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    public static DatasetStatistics Compute(
        ISpeechDataset<Utterance> dataset,
        DatasetSplit? split = null,
        bool measureAudio = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var images = new Dictionary<string, int>(StringComparer.Ordinal);
        var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var speakers = new HashSet<string>(StringComparer.Ordinal);
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var result = new DatasetStatistics();
        foreach (var record in dataset.Read(split, _ => { }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = result.Add(record, words, measureAudio);
            Count(images, (record as SpokenImageCaption)?.ImageId);
            Count(labels, record.Label);
            if (record.Speaker is not null)
            {
                speakers.Add(record.Speaker);
            }
        }

        return result with
        {
            Images = images.Count,
            Speakers = speakers.Count,
            Vocabulary = words.Count,
            Labels = labels,
            CaptionsPerImage = images.Values.Aggregate(default(Distribution), (sum, count) => sum.With(count)),
        };
    }

    private DatasetStatistics Add(Utterance record, HashSet<string> vocabulary, bool measureAudio)
    {
        var result = this with { Utterances = Utterances + 1, WithAudio = WithAudio + (record.AudioPath is null ? 0 : 1) };
        if (record.Caption is { } caption)
        {
            string[] words = caption.Split(_spaces, StringSplitOptions.RemoveEmptyEntries);
            vocabulary.UnionWith(words);
            result = result with
            {
                WordsPerCaption = WordsPerCaption.With(words.Length),
                EmptyCaptions = EmptyCaptions + (words.Length == 0 ? 1 : 0),
            };
        }

        if (!measureAudio || record.AudioPath is not { } audio)
        {
            return result;
        }

        return Seconds(audio) is { } seconds
            ? result with { AudioSeconds = AudioSeconds.With(seconds) }
            : result with { UnreadableAudio = UnreadableAudio + 1 };
    }

    private static double? Seconds(string path)
    {
        try
        {
            using var reader = AudioReader.Open(path);
            if (reader.ClaimedSamples is { } samples)
            {
                return (double)samples / reader.SampleRate;
            }

            float[] block = new float[1 << 16];
            long count = 0;
            for (int read; (read = reader.Read(block)) > 0;)
            {
                count += read;
            }

            return (double)count / reader.SampleRate;
        }
        catch (Exception exception) when (
            exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    private static void Count(IDictionary<string, int> counts, string? key)
    {
        if (key is not null)
        {
            counts[key] = counts.TryGetValue(key, out int count) ? count + 1 : 1;
        }
    }
}
