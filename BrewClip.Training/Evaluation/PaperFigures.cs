namespace BrewClip.Training.Evaluation;

/// <summary>
/// The figures that the paper prints (Lu and Sethi, "BrewCLIP", arXiv 2408.10383, Tables 1 to 5), in percent, to stand beside one's own.
/// Table 5 does not name its measure: its diagonal equals the R@5 of Table 1, so R@5 it is; its cell LN-COCO to LN-COCO, 68.1 and 78.6,
/// does not fit (Table 1 has 67.6 there, 78.7 being another R@10) and is kept as printed.
/// </summary>
public static class PaperFigures
{
    private const string Flickr = "flickr8k", Coco = "spokencoco", Narratives = "ln-coco";

    /// <summary>The paper's name of <c>PipelineZeroShot</c>.</summary>
    public const string ZeroShot = "PIP-Only BrewCLIP (zero-shot)";

    /// <summary>The paper's name of <c>PipelinePrompted</c>.</summary>
    public const string Prompted = "PIP-Only BrewCLIP (prompted)";

    /// <summary>The paper's name of <c>AcousticOnly</c>.</summary>
    public const string AcousticOnly = "E2E-only BrewCLIP";

    /// <summary>The paper's name of <c>Full</c>.</summary>
    public const string Full = "BrewCLIP";

    /// <summary>The paper's name of <c>PipelinePrompted</c> on the data set's own captions.</summary>
    public const string PromptedOnGroundTruth = "PIP-Only BrewCLIP (prompted) on GT";

    /// <summary>Table 4's name of the zero-shot pipeline on transcripts: <see cref="ZeroShot"/> under another name.</summary>
    public const string Transcription = "ASR transcription";

    /// <summary>Table 3's name of a linear head over the frozen model.</summary>
    public const string LinearProbe = "linear probe";

    /// <summary>Table 3's name of a head with the model trained through.</summary>
    public const string FineTuned = "fine-tuned";

    /// <summary>Table 1: previous approaches and BrewCLIP on three data sets.</summary>
    public static IReadOnlyList<PaperRetrievalRow> Table1 { get; } =
    [
        Row(1, "SpeechCLIP-P", Flickr, 39.1, 72.0, 83.0, 54.5, 84.5, 93.2),
        Row(1, "SpeechCLIP-P", Coco, 35.8, 66.5, 78.0, 50.6, 80.9, 89.1),
        Row(1, "SpeechCLIP-P", Narratives, 5.9, 18.2, 27.1, 9.5, 24.7, 34.8),
        Row(1, "SpeechCLIP-C", Flickr, 14.7, 41.2, 55.1, 21.8, 52.0, 67.7),
        Row(1, "SpeechCLIP-C", Coco, 6.4, 20.7, 31.0, 9.6, 27.7, 39.7),
        Row(1, "ResDAVEnet", Coco, 17.3, 41.9, 55.0, 22.0, 50.6, 65.2),
        Row(1, "MILAN", Flickr, 33.2, 62.7, 73.9, 49.6, 79.2, 87.5),
        Row(1, "FaST-VGS-co", Flickr, 26.6, 56.4, 68.8, 36.2, 66.1, 76.5),
        Row(1, "FaST-VGS-co", Coco, 31.8, 62.5, 75.0, 42.5, 73.7, 84.9),
        Row(1, "FaST-VGS-ctf", Flickr, 29.3, 58.6, 71.0, 37.9, 68.5, 79.9),
        Row(1, "FaST-VGS-ctf", Coco, 35.9, 66.3, 77.9, 48.8, 78.2, 87.0),
        Row(1, ZeroShot, Flickr, 58.8, 83.9, 90.5, 77.4, 93.4, 97.0),
        Row(1, ZeroShot, Coco, 33.6, 57.7, 68.0, 53.9, 77.8, 85.4),
        Row(1, ZeroShot, Narratives, 16.3, 33.0, 42.1, 23.6, 41.5, 50.8),
        Row(1, Prompted, Flickr, 68.5, 89.9, 94.5, 80.8, 95.8, 98.6),
        Row(1, Prompted, Coco, 42.2, 67.0, 76.3, 53.6, 77.9, 85.7),
        Row(1, Prompted, Narratives, 39.1, 63.2, 72.7, 40.0, 63.1, 71.7),
        Row(1, Full, Flickr, 66.5, 89.1, 94.6, 79.3, 95.9, 98.6),
        Row(1, Full, Coco, 40.7, 67.1, 77.5, 54.2, 79.6, 87.8),
        Row(1, Full, Narratives, 40.3, 68.1, 78.7, 42.3, 67.6, 77.6),
    ];

    /// <summary>Table 2: the channels apart and together, on scripted and on spontaneous speech.</summary>
    public static IReadOnlyList<PaperRetrievalRow> Table2 { get; } =
    [
        Row(2, Full, Coco, 40.7, 67.1, 77.5, 54.2, 79.6, 87.8),
        Row(2, Full, Narratives, 40.3, 68.1, 78.7, 42.3, 67.6, 77.6),
        Row(2, AcousticOnly, Coco, 22.8, 50.6, 64.4, 35.2, 65.8, 77.8),
        Row(2, AcousticOnly, Narratives, 24.0, 51.6, 65.0, 28.4, 53.1, 64.9),
        Row(2, Prompted, Coco, 42.2, 67.0, 76.3, 53.6, 77.9, 85.7),
        Row(2, Prompted, Narratives, 39.1, 63.2, 72.7, 40.0, 63.1, 71.7),
        Row(2, PromptedOnGroundTruth, Coco, 44.9, 69.8, 78.9, 55.8, 79.2, 86.9),
        Row(2, PromptedOnGroundTruth, Narratives, 48.1, 72.8, 81.3, 47.5, 71.3, 79.7),
    ];

    /// <summary>Table 3: emotions on RAVDESS, four classes.</summary>
    public static IReadOnlyList<PaperEmotionRow> Table3 { get; } =
    [
        new(Full, LinearProbe, 56),
        new(Full, FineTuned, 78),
        new("PIP-Only BrewCLIP", LinearProbe, 33),
        new("PIP-Only BrewCLIP", FineTuned, 33),
    ];

    /// <summary>Table 4: the zero-shot pipeline on transcripts and on the data sets' own captions.</summary>
    public static IReadOnlyList<PaperRetrievalRow> Table4 { get; } =
    [
        Row(4, Transcription, Coco, 33.6, 57.7, 68.0, 53.9, 77.8, 85.4),
        Row(4, "Ground truth", Coco, 36.1, 60.8, 71.1, 56.2, 78.8, 86.9),
        Row(4, Transcription, Narratives, 16.3, 33.0, 42.0, 23.6, 41.5, 50.8),
        Row(4, "Ground truth", Narratives, 20.8, 40.9, 51.4, 28.6, 50.8, 60.7),
    ];

    /// <summary>Table 5: the full model across data sets.</summary>
    public static IReadOnlyList<PaperTransferCell> Table5 { get; } =
    [
        new(Narratives, Narratives, 68.1, 78.6), new(Narratives, Coco, 38.8, 58.2), new(Narratives, Flickr, 53.6, 76.1),
        new(Coco, Narratives, 47.3, 41.9), new(Coco, Coco, 67.1, 79.6), new(Coco, Flickr, 87.8, 93.8),
        new(Flickr, Narratives, 38.9, 40.4), new(Flickr, Coco, 61.3, 75.3), new(Flickr, Flickr, 89.1, 95.9),
    ];

    /// <summary>What Tables 1, 2 and 4 print of a method on a data set, or null; the first table that has it counts.</summary>
    public static RetrievalFigures? Find(string method, string dataset) => Table1.Concat(Table2).Concat(Table4)
        .FirstOrDefault(row => row.Method == method && row.Dataset == dataset)?.Figures;

    private static PaperRetrievalRow Row(
        int table, string method, string dataset, double s1, double s5, double s10, double i1, double i5, double i10) =>
        new(table, method, dataset, new RetrievalFigures(new RecallTriple(s1, s5, s10), new RecallTriple(i1, i5, i10)));
}
