using BrewClip.Data.TextFiles;

namespace BrewClip.Data.Transcripts;

/// <summary>
/// Reads the transcript caches of the authors' released code, <c>aud2trans_SPLIT_DATASET.txt</c>: one <c>STEM# text</c> to a line.
/// The first '#' ends the stem, so that one inside a transcript does no harm.
/// </summary>
public static class PublishedTranscripts
{
    /// <summary>The transcripts in the file's order, lazily. Of a stem that occurs twice the first counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Told of malformed and doubled lines and of empty transcripts, which are left out; without it malformed and
    /// doubled ones throw.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is malformed or doubled and nobody wants to be told.</exception>
    public static IEnumerable<Transcript> Read(string path, Action<DatasetProblem>? report = null)
    {
        var problems = new DatasetProblems(report);
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, text) in TextLines.Read(path))
        {
            if (text.Length == 0)
            {
                continue;
            }

            int mark = text.IndexOf('#', StringComparison.Ordinal);
            string stem = mark < 0 ? "" : text[..mark].Trim();
            string transcript = text[(mark + 1)..].Trim();
            if (stem.Length == 0)
            {
                problems.Add(DatasetProblemKind.Malformed, path, line, $"'{Short(text)}' is not of the form 'name# transcript'.");
            }
            else if (!stems.Add(stem))
            {
                problems.Add(DatasetProblemKind.Duplicate, path, line, $"'{stem}' has a transcript already.");
            }
            else if (transcript.Length == 0)
            {
                problems.Mention(DatasetProblemKind.EmptyText, path, line, $"the transcript of '{stem}' is empty.");
            }
            else
            {
                yield return new Transcript(stem, transcript);
            }
        }
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
