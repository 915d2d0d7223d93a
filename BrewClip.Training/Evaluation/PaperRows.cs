namespace BrewClip.Training.Evaluation;

/// <summary>A row of the paper's Tables 1, 2 and 4: one method on one data set.</summary>
/// <param name="Table">The table's number.</param>
/// <param name="Method">The method as the paper names it.</param>
/// <param name="Dataset">The data set's name here: <c>flickr8k</c>, <c>spokencoco</c> or <c>ln-coco</c>.</param>
/// <param name="Figures">What the paper prints.</param>
public sealed record PaperRetrievalRow(int Table, string Method, string Dataset, RetrievalFigures Figures);

/// <summary>A row of the paper's Table 3: emotions on RAVDESS.</summary>
/// <param name="Method">The method as the paper names it.</param>
/// <param name="Setting">Linear probe or fine-tuned.</param>
/// <param name="AccuracyPercent">Accuracy over four classes, in percent.</param>
public sealed record PaperEmotionRow(string Method, string Setting, double AccuracyPercent);

/// <summary>A cell of the paper's Table 5: the full model on a data set that it was trained on or was not.</summary>
/// <param name="TrainedOn">The data set of training.</param>
/// <param name="TestedOn">The data set of the test.</param>
/// <param name="SpeechToImageAt5">R@5 of utterances, in percent.</param>
/// <param name="ImageToSpeechAt5">R@5 of images, in percent.</param>
public sealed record PaperTransferCell(string TrainedOn, string TestedOn, double SpeechToImageAt5, double ImageToSpeechAt5);
