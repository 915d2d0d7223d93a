using System.Globalization;
using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Flickr8k;

/// <summary>The audio captions' tables: which recording speaks which caption (wav2capt.txt), and whose voice it is (wav2spk.txt).</summary>
internal sealed class Flickr8kRecordings
{
    private readonly Dictionary<(string Image, int Number), string>? _waves;
    private readonly Dictionary<string, string> _speakers;

    private Flickr8kRecordings(Dictionary<(string Image, int Number), string>? waves, Dictionary<string, string> speakers, string? table)
    {
        _waves = waves;
        _speakers = speakers;
        Table = table;
    }

    /// <summary>The path of wav2capt.txt, or null where names follow from the images'.</summary>
    public string? Table { get; }

    public static Flickr8kRecordings Read(Flickr8kLayout layout, DatasetProblems problems)
    {
        string? captions = layout.AudioTable("wav2capt.txt");
        string? speakers = layout.AudioTable("wav2spk.txt");
        return new Flickr8kRecordings(
            captions is null ? null : ReadCaptions(captions, problems),
            speakers is null ? [] : ReadSpeakers(speakers, problems),
            captions);
    }

    /// <summary>
    /// The recording's file name; without wav2capt.txt the image's name, '_' and the caption's number, as the corpus names them.
    /// Null where wav2capt.txt has none for this caption.
    /// </summary>
    public string? Wave(string image, int number) => _waves is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Flickr8kLayout.Stem(image)}_{number}.wav")
        : _waves.GetValueOrDefault((image, number));

    public string? Speaker(string wave) => _speakers.GetValueOrDefault(wave);

    private static Dictionary<(string, int), string> ReadCaptions(string path, DatasetProblems problems)
    {
        var waves = new Dictionary<(string, int), string>();
        foreach (var (line, fields) in Rows(path))
        {
            if (fields is not [var wave, var image, ['#', .. var mark]]
                || !SafeName(wave)
                || !int.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                problems.Add(DatasetProblemKind.Malformed, path, line, "a line is 'recording.wav image.jpg #number'; this one is not.");
            }
            else if (!waves.TryAdd((image, number), wave))
            {
                problems.Add(DatasetProblemKind.Duplicate, path, line, $"caption {number} of '{image}' has a recording already.");
            }
        }

        return waves;
    }

    private static Dictionary<string, string> ReadSpeakers(string path, DatasetProblems problems)
    {
        var speakers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, fields) in Rows(path))
        {
            if (fields is not [var wave, var speaker])
            {
                problems.Add(DatasetProblemKind.Malformed, path, line, "a line is 'recording.wav speaker'; this one is not.");
            }
            else if (!speakers.TryAdd(wave, speaker))
            {
                problems.Add(DatasetProblemKind.Duplicate, path, line, $"'{wave}' has a speaker already.");
            }
        }

        return speakers;
    }

    private static IEnumerable<(int Line, string[] Fields)> Rows(string path) =>
        TextLines.Read(path)
            .Select(row => (row.Number, row.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(row => row.Item2.Length > 0);

    private static bool SafeName(string wave) => wave.IndexOfAny(['/', '\\', ':']) < 0;
}
