namespace BrewClip.Data.Ravdess;

/// <summary>
/// RAVDESS, acted emotional speech of 24 actors, as WAV or FLAC under any folders: <c>Actor_01/</c>, sorted by emotion, or in the archive's
/// own folder; all is in the file names. Songs and files with video are passed over.
/// </summary>
public sealed class RavdessDataset : ISpeechDataset<RavdessUtterance>
{
    private const int AudioAlone = 3, Speech = 1, LastTrainingActor = 18;

    private static readonly string[] _publishedClasses = ["neutral", "happy", "sad", "angry"];
    private static readonly string[] _allClasses = [.. Enum.GetNames<RavdessEmotion>().Select(name => name.ToLowerInvariant())];

    private readonly RavdessOptions _options;

    /// <summary>Opens the folder; it is searched when records are asked for.</summary>
    /// <param name="root">The folder; recordings may lie at any depth up to six.</param>
    /// <param name="options">Which emotions are selected; the defaults where null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public RavdessDataset(string root, RavdessOptions? options = null)
    {
        Root = DatasetPath.RequireFolder(root, "RAVDESS");
        _options = options ?? new RavdessOptions();
    }

    /// <inheritdoc/>
    public string Name => "ravdess";

    /// <inheritdoc/>
    public string Root { get; }

    /// <summary>The classes in the order of their indices.</summary>
    public IReadOnlyList<string> Classes => _options.Selection == RavdessSelection.Published ? _publishedClasses : _allClasses;

    /// <summary>The authors' division: actors 1 to 18 to train on, 19 to 24 to test on.</summary>
    public IReadOnlyList<DatasetSplit> Splits { get; } = [DatasetSplit.Train, DatasetSplit.Test];

    /// <summary>The selected recordings of the authors' division in the order of their names.</summary>
    /// <inheritdoc/>
    public IEnumerable<RavdessUtterance> Read(DatasetSplit? split = null, Action<DatasetProblem>? report = null) => split switch
    {
        null => Read(_ => true, report),
        DatasetSplit.Train => Read(actor => actor <= LastTrainingActor, report),
        DatasetSplit.Test => Read(actor => actor > LastTrainingActor, report),
        _ => throw new ArgumentException("RAVDESS has no development split: use speaker-disjoint folds.", nameof(split)),
    };

    /// <summary>The selected recordings of some actors, as a fold of <see cref="RavdessFolds"/> lists them, in the order of their
    /// names.</summary>
    public IEnumerable<RavdessUtterance> ReadActors(IEnumerable<int> actors, Action<DatasetProblem>? report = null)
    {
        HashSet<int> wanted = [.. actors];
        return Read(wanted.Contains, report);
    }

    private IEnumerable<RavdessUtterance> Read(Func<int, bool> wanted, Action<DatasetProblem>? report)
    {
        var problems = new DatasetProblems(report);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool any = false;
        foreach (string path in Files())
        {
            string id = Path.GetFileNameWithoutExtension(path);
            bool isNamed = RavdessFields.TryParse(id, out var fields);
            any |= isNamed;
            if (!isNamed)
            {
                problems.Mention(DatasetProblemKind.Malformed, path, null, "the name is not of RAVDESS's form '03-01-05-01-02-01-12'.");
            }
            else if (wanted(fields.Actor)
                && fields is { Modality: AudioAlone, VocalChannel: Speech } && ClassOf(fields.Emotion) is { } index)
            {
                if (seen.Add(id))
                {
                    yield return Record(path, id, fields, index);
                }
                else
                {
                    problems.Mention(DatasetProblemKind.Duplicate, path, null, $"'{id}' is there twice; the first is taken.");
                }
            }
        }

        if (!any)
        {
            throw new FileNotFoundException(
                $"'{Root}' holds no recording named as RAVDESS names them, such as 03-01-05-01-02-01-12.wav.", Root);
        }

        foreach (string name in report is null ? [] : ExpectedNames(wanted).Where(name => !seen.Contains(name)))
        {
            problems.Mention(
                DatasetProblemKind.Missing, Path.Combine(Root, $"Actor_{name[^2..]}", name + ".wav"), null, "the recording is not there.");
        }
    }

    /// <summary>The names that the complete corpus has for the selection and these actors.</summary>
    private IEnumerable<string> ExpectedNames(Func<int, bool> wanted) =>
        from actor in Enumerable.Range(1, RavdessFields.Actors).Where(wanted)
        from emotion in Enum.GetValues<RavdessEmotion>().Where(emotion => ClassOf(emotion) is not null)
        from intensity in emotion == RavdessEmotion.Neutral ? new[] { 1 } : [1, 2]
        from statement in new[] { 1, 2 }
        from repetition in new[] { 1, 2 }
        select $"{AudioAlone:00}-{Speech:00}-{(int)emotion:00}-{intensity:00}-{statement:00}-{repetition:00}-{actor:00}";

    // By name and then by path, so that the order does not depend on the folders and of two copies always the same one counts.
    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 })
            .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".wav" or ".flac")
            .OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
            .ThenBy(path => path, StringComparer.Ordinal);

    private int? ClassOf(RavdessEmotion emotion) => _options.Selection == RavdessSelection.AllEmotions
        ? (int)emotion - 1
        : emotion switch
        {
            RavdessEmotion.Neutral or RavdessEmotion.Calm => 0,
            RavdessEmotion.Happy => 1,
            RavdessEmotion.Sad => 2,
            RavdessEmotion.Angry => 3,
            _ => null,
        };

    private RavdessUtterance Record(string path, string id, RavdessFields fields, int index) => new()
    {
        Id = id,
        AudioPath = path,
        Caption = fields.Sentence,
        Speaker = id[^2..],
        Label = Classes[index],
        Fields = fields,
        Class = index,
    };
}
